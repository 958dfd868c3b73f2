package dev.mer4j.eval.threshold;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.Predictor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Fits thresholds for each set of available modalities that {@link FixedSets} lists, with {@link
 * ThresholdFitter}, on the predictions of a validation split from exactly these modalities. Only
 * segments that have all of them are used.
 */
public final class SetThresholds {
  private SetThresholds() {}

  /**
   * Fits thresholds.
   *
   * @param fallback the thresholds of all other sets, of sets that no segment of the task has, and
   *     in the multi-label task of emotions that no segment with the set has
   * @return the fallback with the thresholds of each set
   */
  public static Thresholds fit(MultimodalModel model, ValidationSplit split, Thresholds fallback) {
    return fit(ValidationSets.of(model, split), fallback);
  }

  /**
   * Fits thresholds, with those of the segments with their own modalities as fallback, as {@link
   * #fit(MultimodalModel, ValidationSplit, Thresholds)}.
   */
  public static Thresholds fit(ValidationSets sets) {
    return fit(sets, ThresholdFitter.fit(sets.own()));
  }

  /** Fits thresholds as {@link #fit(MultimodalModel, ValidationSplit, Thresholds)}. */
  public static Thresholds fit(ValidationSets sets, Thresholds fallback) {
    Map<ModalitySet, List<Double>> fitted = new TreeMap<>();
    sets.bySet()
        .forEach(
            (set, predictions) -> {
              if (hasTargets(predictions)) {
                fitted.put(set, fit(predictions, fallback.perEmotion()));
              }
            });
    return new Thresholds(fallback.perEmotion(), fitted);
  }

  /** Returns a predictor with thresholds fitted on its predictions for a validation split. */
  public static Predictor fitted(Predictor predictor, ValidationSplit split) {
    return predictor.withThresholds(fit(ValidationSets.of(predictor, split)));
  }

  private static List<Double> fit(Predictions predictions, List<Double> fallback) {
    List<Double> fitted = ThresholdFitter.fit(predictions).perEmotion();
    if (predictions.scheme().task() == Task.SINGLE_LABEL) {
      return fitted; // only their ratios matter, so they cannot be mixed with others
    }
    return IntStream.range(0, fitted.size())
        .mapToObj(c -> isPresent(predictions, c) ? fitted.get(c) : fallback.get(c))
        .toList();
  }

  private static boolean hasTargets(Predictions predictions) {
    return predictions.rows().stream()
        .anyMatch(row -> predictions.scheme().targets(row.segment().scores()).isPresent());
  }

  private static boolean isPresent(Predictions predictions, int label) {
    return predictions.rows().stream()
        .anyMatch(row -> predictions.scheme().present(row.segment().scores(), label));
  }
}
