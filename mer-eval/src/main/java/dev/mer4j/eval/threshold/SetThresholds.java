package dev.mer4j.eval.threshold;

import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.FixedSets;
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
    Encodings encodings = model.encode(split);
    Map<ModalitySet, List<Double>> sets = new TreeMap<>();
    for (ModalitySet set : FixedSets.of(ModalitySet.of(model.config().inputs().modalities()))) {
      withExactly(set, model, encodings)
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
  private static Optional<Predictions> withExactly(
      ModalitySet set, MultimodalModel model, Encodings encodings) {
    boolean found =
        IntStream.range(0, encodings.size())
            .anyMatch(
                s ->
                    encodings.presence().row(s).containsAll(set)
                        && encodings.segments().get(s).scores().isLabeled());
    if (!found) {
      return Optional.empty();
    }
    return Optional.of(exactly(set, model.predict(encodings, set).labeled()));
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
