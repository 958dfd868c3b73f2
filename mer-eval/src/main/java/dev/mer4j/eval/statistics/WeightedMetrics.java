package dev.mer4j.eval.statistics;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.metric.BinaryCounts;
import dev.mer4j.eval.metric.LabeledPrediction;
import dev.mer4j.eval.metric.RankingAreas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Computes the metrics of predictions for weighted segments. The predictions are sorted once; each
 * computation is O(N).
 *
 * <p>A metric is undefined if all positives, or all negatives, of an emotion that has some have
 * weight 0, because it would average over fewer emotions.
 */
final class WeightedMetrics implements Statistic {
  private static final int F1 = 0;
  private static final int BALANCED_ACCURACY = 1;
  private static final int AVERAGE_PRECISION = 2;
  private static final int ROC_AUC = 3;
  private static final int METRICS = 4;

  private final List<Emotion> labels;

  /** [C][N], the segments by descending probability. */
  private final int[][] descending;

  /** [C][N], in that order: 2 if the emotion is present, plus 1 if it is predicted. */
  private final byte[][] outcomes;

  /** [C][N], in that order: whether the next segment's probability is lower. */
  private final boolean[][] last;

  private final double[][] unweighted;
  private final BinaryCounts[] counts;
  private final Optional<WeightedClasses> classes;

  /**
   * Sorts the predictions.
   *
   * @throws dev.mer4j.MerException if a probability is not in [0, 1]
   */
  WeightedMetrics(Predictions predictions) {
    this(
        LabeledPrediction.of(predictions),
        predictions.scheme().labels(),
        predictions.scheme().task() == Task.SINGLE_LABEL
            ? Optional.of(new WeightedClasses(predictions))
            : Optional.empty());
  }

  /** Sorts predictions for the metrics of the multi-label task. */
  WeightedMetrics(List<LabeledPrediction> rows, List<Emotion> labels) {
    this(rows, labels, Optional.empty());
  }

  private WeightedMetrics(
      List<LabeledPrediction> rows, List<Emotion> labels, Optional<WeightedClasses> classes) {
    this.labels = labels;
    this.classes = classes;
    descending = new int[labels.size()][];
    outcomes = new byte[labels.size()][rows.size()];
    last = new boolean[labels.size()][rows.size()];
    unweighted = new double[labels.size()][];
    counts = new BinaryCounts[labels.size()];
    for (int c = 0; c < labels.size(); c++) {
      Emotion emotion = labels.get(c);
      double[] probability =
          rows.stream().mapToDouble(row -> row.prediction().probability(emotion)).toArray();
      int[] order = descending(probability);
      for (int i = 0; i < order.length; i++) {
        LabeledPrediction row = rows.get(order[i]);
        outcomes[c][i] = (byte) ((row.present(emotion) ? 2 : 0) + (row.predicted(emotion) ? 1 : 0));
        last[c][i] = i == order.length - 1 || probability[order[i + 1]] < probability[order[i]];
      }
      descending[c] = order;
      counts[c] = BinaryCounts.of(rows, emotion);
      int[] once = new int[rows.size()];
      Arrays.fill(once, 1);
      unweighted[c] = emotion(c, once);
    }
  }

  private static int[] descending(double[] probability) {
    return IntStream.range(0, probability.length)
        .boxed()
        .sorted((a, b) -> Double.compare(probability[b], probability[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Names what {@link #of} returns: the headline metrics, then the F1 of each emotion. */
  static List<String> names(List<Emotion> labels) {
    List<String> names =
        new ArrayList<>(List.of("macro-F1", "balanced accuracy", "average precision", "ROC-AUC"));
    for (Emotion emotion : labels) {
      names.add("F1 of " + emotion.key());
    }
    return List.copyOf(names);
  }

  /** Returns the metrics in the order of {@link #names}; macro-F1 is that of the model's task. */
  @Override
  public double[] of(int[] weights) {
    double[] values = new double[METRICS + labels.size()];
    double[][] emotions = new double[labels.size()][];
    for (int c = 0; c < labels.size(); c++) {
      emotions[c] = emotion(c, weights);
      values[METRICS + c] = emotions[c][F1];
    }
    for (int m = 0; m < METRICS; m++) {
      values[m] = mean(emotions, m);
    }
    classes.ifPresent(single -> values[F1] = single.macroF1(weights));
    return values;
  }

  /** The mean over the emotions for which the metric is defined when each segment counts once. */
  private double mean(double[][] emotions, int metric) {
    return IntStream.range(0, labels.size())
        .filter(c -> !Double.isNaN(unweighted[c][metric]))
        .mapToDouble(c -> emotions[c][metric])
        .average()
        .orElse(Double.NaN);
  }

  /** The metrics of one emotion. */
  private double[] emotion(int c, int[] weights) {
    int[] order = descending[c];
    byte[] own = outcomes[c];
    boolean[] ends = last[c];
    int[] count = new int[4];
    RankingAreas areas = new RankingAreas();
    for (int i = 0; i < order.length; i++) {
      count[own[i]] += weights[order[i]];
      if (ends[i]) {
        areas.add((long) count[2] + count[3], (long) count[0] + count[1]);
      }
    }
    double[] values = new double[METRICS];
    boolean losesPositives = count[2] + count[3] == 0 && counts[c].support() > 0;
    boolean losesNegatives = count[0] + count[1] == 0 && counts[c].negated().support() > 0;
    if (losesPositives || losesNegatives) {
      Arrays.fill(values, Double.NaN);
      return values;
    }
    BinaryCounts now = new BinaryCounts(count[3], count[1], count[2], count[0]);
    values[F1] = now.f1();
    values[BALANCED_ACCURACY] = now.balancedAccuracy();
    values[AVERAGE_PRECISION] = areas.averagePrecision();
    values[ROC_AUC] = areas.rocAuc();
    return values;
  }
}
