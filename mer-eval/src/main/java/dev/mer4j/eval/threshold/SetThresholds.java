package dev.mer4j.eval.threshold;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.Predictor;
import dev.mer4j.eval.Predictor.Prepared;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fits thresholds for each set of available modalities that {@link FixedSets} lists: those with the
 * highest F1 on the predictions of a validation split from exactly these modalities. Only segments
 * that have all of them are used.
 */
public final class SetThresholds {
  private SetThresholds() {}

  /**
   * Fits thresholds. The encoders run once, the fusion head once for each set.
   *
   * @param fallback the thresholds of all other sets, of sets that no labeled segment has, and of
   *     emotions that no segment with the set has
   * @return the fallback with the thresholds of each set; the fallback alone for a model of the
   *     single-label task, which has no thresholds
   */
  public static Thresholds fit(MultimodalModel model, ValidationSplit split, Thresholds fallback) {
    if (model.config().labels().task() == Task.SINGLE_LABEL) {
      return fallback.withoutSets();
    }
    Predictor predictor = Predictor.of(model);
    return fit(predictor.inputs(), predictor.prepare(split), fallback);
  }

  /**
   * Returns a predictor of the multi-label task with thresholds fitted on its predictions for a
   * validation split, and as fallback those of the segments with all their modalities.
   */
  public static Predictor fitted(Predictor predictor, ValidationSplit split) {
    Prepared prepared = predictor.prepare(split);
    Predictions full = prepared.predict(prepared.presence());
    Thresholds fallback = ThresholdFitter.fit(full.labeled());
    return predictor.withThresholds(fit(predictor.inputs(), prepared, fallback));
  }

  private static Thresholds fit(ModalitySet inputs, Prepared prepared, Thresholds fallback) {
    Map<ModalitySet, List<Double>> sets = new TreeMap<>();
    for (ModalitySet set : FixedSets.of(inputs)) {
      withExactly(set, prepared)
          .ifPresent(predictions -> sets.put(set, fit(predictions, fallback.perEmotion())));
    }
    return new Thresholds(fallback.perEmotion(), sets);
  }

  /**
   * Fits thresholds to predictions of any system: those of sets without their own, on all segments
   * with their own modalities, and those of each set, on the segments predicted from exactly it.
   *
   * @param own predictions from each segment's own modalities
   * @param bySet predictions from each set of modalities
   */
  public static Thresholds fit(
      ValidationPredictions own, Map<ModalitySet, ValidationPredictions> bySet) {
    Thresholds fallback = ThresholdFitter.fit(own);
    Map<ModalitySet, List<Double>> sets = new TreeMap<>();
    bySet.forEach(
        (set, predictions) -> {
          Predictions exact = exactly(set, predictions.predictions().labeled());
          if (exact.size() > 0) {
            sets.put(set, fit(exact, fallback.perEmotion()));
          }
        });
    return new Thresholds(fallback.perEmotion(), sets);
  }

  private static Predictions exactly(ModalitySet set, Predictions all) {
    List<Prediction> rows = all.rows().stream().filter(row -> row.available().equals(set)).toList();
    return new Predictions(all.scheme(), all.thresholds(), rows);
  }

  /** Predicts the labeled segments that have all modalities of a set from this set. */
  private static Optional<Predictions> withExactly(ModalitySet set, Prepared prepared) {
    boolean found =
        IntStream.range(0, prepared.segments().size())
            .anyMatch(
                s ->
                    prepared.presence().row(s).containsAll(set)
                        && prepared.segments().get(s).scores().isLabeled());
    if (!found) {
      return Optional.empty();
    }
    return Optional.of(exactly(set, prepared.predict(prepared.presence().and(set)).labeled()));
  }

  private static List<Double> fit(Predictions predictions, List<Double> fallback) {
    List<Double> fitted = ThresholdFitter.fit(predictions).perEmotion();
    List<Emotion> labels = predictions.scheme().labels();
    return IntStream.range(0, labels.size())
        .mapToObj(c -> isPresent(predictions, c) ? fitted.get(c) : fallback.get(c))
        .toList();
  }

  private static boolean isPresent(Predictions predictions, int label) {
    return predictions.rows().stream()
        .anyMatch(row -> predictions.scheme().present(row.segment().scores(), label));
  }
}
