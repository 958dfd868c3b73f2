package dev.mer4j.eval.statistics;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.metric.ConfusionMatrix;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Computes the macro-F1 of the single-label task for weighted segments. */
final class WeightedClasses {
  private final LabelSet scheme;
  private final int[] truth;
  private final int[] predicted;
  private final SingleLabelMetrics unweighted;

  WeightedClasses(Predictions predictions) {
    scheme = predictions.scheme();
    truth =
        predictions.rows().stream()
            .mapToInt(row -> scheme.asSingleLabel().single(row.segment().scores()).orElse(-1))
            .toArray();
    predicted = IntStream.range(0, truth.length).map(predictions::predictedClass).toArray();
    int[] once = new int[truth.length];
    Arrays.fill(once, 1);
    unweighted = metrics(once);
  }

  /**
   * Computes the mean F1 over the classes that occur when each segment counts once.
   *
   * @param weights [N], the multiplicity of each segment
   * @return NaN if all segments of a class have weight 0
   */
  double macroF1(int[] weights) {
    SingleLabelMetrics metrics = metrics(weights);
    return unweighted.occurring().stream()
        .mapToDouble(label -> f1(metrics, label))
        .average()
        .orElse(Double.NaN);
  }

  private double f1(SingleLabelMetrics metrics, int label) {
    boolean lost = unweighted.counts(label).support() > 0 && metrics.counts(label).support() == 0;
    return lost ? Double.NaN : metrics.counts(label).f1();
  }

  private SingleLabelMetrics metrics(int[] weights) {
    int classes = scheme.classCount();
    int[][] counts = new int[classes][classes];
    for (int s = 0; s < truth.length; s++) {
      if (truth[s] >= 0) {
        counts[truth[s]][predicted[s]] += weights[s];
      }
    }
    return new SingleLabelMetrics(ConfusionMatrix.of(counts), scheme.asSingleLabel(), 0);
  }
}
