package dev.mer4j.eval.threshold;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.Predictor.Prepared;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Predictions for the labeled segments of a validation split, by the modalities that they were
 * predicted from.
 */
public final class ValidationSets {
  private final Predictions own;
  private final Map<ModalitySet, Predictions> bySet = new TreeMap<>();

  private ValidationSets(Predictions own, Map<ModalitySet, Predictions> bySet) {
    this.own = own.labeled();
    bySet.forEach(
        (set, predictions) -> {
          Predictions exact = predictions.labeled().from(set);
          if (exact.size() > 0) {
            this.bySet.put(set, exact);
          }
        });
  }

  /**
   * Predicts the split from each set that {@link FixedSets} lists. The encoders run once, the
   * fusion head once for each set.
   */
  public static ValidationSets of(MultimodalModel model, ValidationSplit split) {
    return of(Predictor.of(model), split);
  }

  /** Predicts the split from each set that {@link FixedSets} lists. */
  public static ValidationSets of(Predictor predictor, ValidationSplit split) {
    Prepared prepared = predictor.prepare(split);
    Map<ModalitySet, Predictions> bySet = new TreeMap<>();
    for (ModalitySet set : FixedSets.of(predictor.inputs())) {
      bySet.put(set, prepared.predict(prepared.presence().and(set)));
    }
    return new ValidationSets(prepared.predict(prepared.presence()), bySet);
  }

  /**
   * Sorts predictions of any system for a validation split.
   *
   * @param own predictions from each segment's own modalities
   * @param bySet predictions from each set of modalities
   */
  public static ValidationSets of(
      ValidationPredictions own, Map<ModalitySet, ValidationPredictions> bySet) {
    Map<ModalitySet, Predictions> predictions = new TreeMap<>();
    bySet.forEach((set, each) -> predictions.put(set, each.predictions()));
    return new ValidationSets(own.predictions(), predictions);
  }

  /** Returns the predictions from each segment's own modalities. */
  public Predictions own() {
    return own;
  }

  /**
   * Returns the predictions from exactly each set, of the segments that have all of its modalities;
   * sets that no segment has are missing.
   */
  public Map<ModalitySet, Predictions> bySet() {
    return Collections.unmodifiableMap(bySet);
  }
}
