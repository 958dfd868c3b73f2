package dev.mer4j.eval.threshold;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.metric.LabeledPrediction;
import dev.mer4j.eval.metric.Ranking;
import dev.mer4j.eval.metric.Ranking.Threshold;
import java.util.List;

/**
 * Fits thresholds: in the multi-label task, for each emotion, the one with the highest F1 of the
 * positives; in the single-label task those that coordinate ascent on macro-F1 finds.
 *
 * <p>In the multi-label task the search is exact: it evaluates every threshold that separates the
 * segments differently, midway between adjacent probabilities, and the lowest one midway to 0.
 * Among thresholds with equal F1 the one closest to 0.5 is selected, and the higher one of two at
 * the same distance. An emotion that no segment has gets 0.5.
 *
 * <p>In the single-label task the search starts with equal thresholds and is exact for each class
 * in turn, with the others fixed, until no change of one threshold improves macro-F1. "Always" each
 * class is among the candidates, so no constant predictor is better on the same segments.
 */
public final class ThresholdFitter {
  private static final double HALF = 0.5;

  private ThresholdFitter() {}

  /**
   * Fits thresholds to validation predictions.
   *
   * @throws MerException if a probability is not in [0, 1]
   */
  public static Thresholds fit(ValidationPredictions validation) {
    return fit(validation.predictions());
  }

  static Thresholds fit(Predictions predictions) {
    List<LabeledPrediction> rows = LabeledPrediction.of(predictions);
    if (predictions.scheme().task() == Task.SINGLE_LABEL) {
      return ClassThresholdFitter.fit(predictions);
    }
    return new Thresholds(
        predictions.scheme().labels().stream()
            .map(emotion -> fit(Ranking.of(rows, emotion)))
            .toList());
  }

  private static double fit(Ranking ranking) {
    double best = HALF;
    Threshold bestCut = new Threshold(1, 0, 0);
    List<Threshold> cuts = ranking.thresholds();
    for (int i = 0; i < cuts.size(); i++) {
      Threshold cut = cuts.get(i);
      double below = i + 1 < cuts.size() ? cuts.get(i + 1).probability() : 0;
      double threshold = between(below, cut.probability());
      int byF1 = compareF1(cut, bestCut, ranking.positives());
      // Thresholds descend, so of two at equal distance from 0.5 the higher one is kept.
      boolean nearer = Math.abs(threshold - HALF) < Math.abs(best - HALF);
      if (byF1 > 0 || (byF1 == 0 && cut.tp() > 0 && nearer)) {
        best = threshold;
        bestCut = cut;
      }
    }
    return best;
  }

  /** Compares 2 tp / (tp + fp + positives) without rounding. */
  private static int compareF1(Threshold one, Threshold other, int positives) {
    return Long.compare(
        (long) one.tp() * (other.tp() + other.fp() + positives),
        (long) other.tp() * (one.tp() + one.fp() + positives));
  }

  /** Returns the midpoint, or {@code high} if no number is between. */
  private static double between(double low, double high) {
    double middle = (low + high) / 2;
    return middle > low ? middle : high;
  }
}
