package dev.mer4j.eval.statistics;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.eval.metric.BinaryCounts;
import dev.mer4j.eval.metric.ConfusionMatrix;
import dev.mer4j.eval.metric.Judged;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The metrics of some predictions as statistics: read once, then computed for any weights in O(N).
 *
 * <p>A metric is undefined for weights that leave no positive, or no negative, of an emotion that
 * has some in the predictions: what would be left is another metric.
 */
public final class WeightedMetrics {
  private final Predictions predictions;
  private final byte[][] answers;
  private final double[][] probabilities;
  private final int[][] descending;
  private final int[] once;

  /**
   * Reads the predictions.
   *
   * @throws dev.mer4j.MerException if a probability is not in [0, 1]
   */
  public WeightedMetrics(Predictions predictions) {
    this.predictions = predictions;
    List<Judged> rows = Judged.of(predictions);
    answers = new byte[Emotion.COUNT][rows.size()];
    probabilities = new double[Emotion.COUNT][rows.size()];
    descending = new int[Emotion.COUNT][];
    once = new int[rows.size()];
    Arrays.fill(once, 1);
    for (Emotion emotion : Emotion.values()) {
      int c = emotion.ordinal();
      for (int s = 0; s < rows.size(); s++) {
        Judged row = rows.get(s);
        answers[c][s] = (byte) ((row.present(emotion) ? 2 : 0) + (row.predicted(emotion) ? 1 : 0));
        probabilities[c][s] = row.prediction().probability(emotion);
      }
      double[] own = probabilities[c];
      descending[c] =
          IntStream.range(0, rows.size())
              .boxed()
              .sorted((a, b) -> Double.compare(own[b], own[a]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
  }

  /** Macro-F1 in the task that the model was trained for. */
  public Statistic macroF1() {
    return predictions.scheme().task() == Task.SINGLE_LABEL ? singleLabel() : mean(this::f1);
  }

  /** F1 of one emotion's positives. */
  public Statistic f1(Emotion emotion) {
    return counted(emotion, BinaryCounts::f1);
  }

  /** Mean over the emotions. */
  public Statistic balancedAccuracy() {
    return mean(emotion -> counted(emotion, BinaryCounts::balancedAccuracy));
  }

  /** Mean over the emotions for which it is defined. */
  public Statistic averagePrecision() {
    return mean(emotion -> weights -> ranked(emotion, weights)[0]);
  }

  /** Mean over the emotions for which it is defined. */
  public Statistic rocAuc() {
    return mean(emotion -> weights -> ranked(emotion, weights)[1]);
  }

  /** The mean over the emotions for which the metric is defined when each segment counts once. */
  private Statistic mean(Function<Emotion, Statistic> metric) {
    List<Statistic> defined =
        Arrays.stream(Emotion.values())
            .map(metric)
            .filter(each -> !Double.isNaN(each.of(once)))
            .toList();
    return weights ->
        defined.stream().mapToDouble(each -> each.of(weights)).average().orElse(Double.NaN);
  }

  private Statistic counted(Emotion emotion, ToDoubleFunction<BinaryCounts> metric) {
    BinaryCounts all = counts(emotion, once);
    return weights -> {
      BinaryCounts counts = counts(emotion, weights);
      return losesPositives(all, counts) || losesPositives(all.negated(), counts.negated())
          ? Double.NaN
          : metric.applyAsDouble(counts);
    };
  }

  private static boolean losesPositives(BinaryCounts all, BinaryCounts counts) {
    return all.support() > 0 && counts.support() == 0;
  }

  private BinaryCounts counts(Emotion emotion, int[] weights) {
    int[] counts = new int[4];
    byte[] own = answers[emotion.ordinal()];
    for (int s = 0; s < own.length; s++) {
      counts[own[s]] += weights[s];
    }
    return new BinaryCounts(counts[3], counts[1], counts[2], counts[0]);
  }

  private Statistic singleLabel() {
    int[] truth =
        predictions.rows().stream()
            .mapToInt(
                row ->
                    LabelScheme.single(row.segment().scores(), predictions.scheme().ties())
                        .orElse(-1))
            .toArray();
    int[] predicted = predictions.rows().stream().mapToInt(Prediction::mostProbableClass).toArray();
    SingleLabelMetrics all = confusion(truth, predicted, once);
    return weights -> {
      SingleLabelMetrics metrics = confusion(truth, predicted, weights);
      return all.occurring().stream()
          .mapToDouble(
              label ->
                  losesPositives(all.counts(label), metrics.counts(label))
                      ? Double.NaN
                      : metrics.counts(label).f1())
          .average()
          .orElse(Double.NaN);
    };
  }

  private SingleLabelMetrics confusion(int[] truth, int[] predicted, int[] weights) {
    int classes = predictions.scheme().classes().size();
    int[][] counts = new int[classes][classes];
    for (int s = 0; s < truth.length; s++) {
      if (truth[s] >= 0) {
        counts[truth[s]][predicted[s]] += weights[s];
      }
    }
    return new SingleLabelMetrics(ConfusionMatrix.of(counts), predictions.scheme().ties(), 0);
  }

  /** Average precision and area under the ROC curve, as {@code Ranking} defines them. */
  private double[] ranked(Emotion emotion, int[] weights) {
    byte[] own = answers[emotion.ordinal()];
    double[] probability = probabilities[emotion.ordinal()];
    int[] order = descending[emotion.ordinal()];
    double precisions = 0;
    double twiceTheArea = 0;
    long tp = 0;
    long fp = 0;
    for (int i = 0; i < order.length; ) {
      double cut = probability[order[i]];
      long tpBefore = tp;
      long fpBefore = fp;
      for (; i < order.length && probability[order[i]] == cut; i++) {
        if (own[order[i]] >= 2) {
          tp += weights[order[i]];
        } else {
          fp += weights[order[i]];
        }
      }
      precisions += tp == tpBefore ? 0 : (double) (tp - tpBefore) * tp / (tp + fp);
      twiceTheArea += (double) (fp - fpBefore) * (tp + tpBefore);
    }
    return new double[] {
      tp == 0 ? Double.NaN : precisions / tp,
      tp == 0 || fp == 0 ? Double.NaN : twiceTheArea / 2 / tp / fp
    };
  }
}
