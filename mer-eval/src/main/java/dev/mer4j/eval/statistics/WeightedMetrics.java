package dev.mer4j.eval.statistics;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.eval.metric.BinaryCounts;
import dev.mer4j.eval.metric.ConfusionMatrix;
import dev.mer4j.eval.metric.Judged;
import dev.mer4j.eval.metric.RankingAreas;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * The metrics of some predictions as statistics: read once, then computed for any weights in O(N).
 */
public final class WeightedMetrics {
  private final Predictions predictions;
  private final byte[][] answers;
  private final double[][] probabilities;
  private final int[][] descending;

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
    return predictions.scheme().task() == Task.SINGLE_LABEL
        ? singleLabel()
        : mean((emotion, weights) -> counts(emotion, weights).f1());
  }

  /** F1 of one emotion's positives. */
  public Statistic f1(Emotion emotion) {
    return weights -> counts(emotion, weights).f1();
  }

  /** Mean over the emotions. */
  public Statistic balancedAccuracy() {
    return mean((emotion, weights) -> counts(emotion, weights).balancedAccuracy());
  }

  /** Mean over the emotions for which it is defined. */
  public Statistic averagePrecision() {
    return mean((emotion, weights) -> areas(emotion, weights).averagePrecision());
  }

  /** Mean over the emotions for which it is defined. */
  public Statistic rocAuc() {
    return mean((emotion, weights) -> areas(emotion, weights).rocAuc());
  }

  private Statistic mean(ToDoubleBiFunction<Emotion, int[]> value) {
    return weights ->
        Arrays.stream(Emotion.values())
            .mapToDouble(emotion -> value.applyAsDouble(emotion, weights))
            .filter(v -> !Double.isNaN(v))
            .average()
            .orElse(Double.NaN);
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
    int classes = predictions.scheme().classes().size();
    return weights -> {
      int[][] counts = new int[classes][classes];
      for (int s = 0; s < truth.length; s++) {
        if (truth[s] >= 0) {
          counts[truth[s]][predicted[s]] += weights[s];
        }
      }
      return new SingleLabelMetrics(ConfusionMatrix.of(counts), predictions.scheme().ties(), 0)
          .macro()
          .f1();
    };
  }

  private RankingAreas areas(Emotion emotion, int[] weights) {
    byte[] own = answers[emotion.ordinal()];
    double[] probability = probabilities[emotion.ordinal()];
    int[] order = descending[emotion.ordinal()];
    RankingAreas areas = new RankingAreas();
    long tp = 0;
    long fp = 0;
    for (int i = 0; i < order.length; ) {
      double cut = probability[order[i]];
      for (; i < order.length && probability[order[i]] == cut; i++) {
        if (own[order[i]] >= 2) {
          tp += weights[order[i]];
        } else {
          fp += weights[order[i]];
        }
      }
      areas.add(tp, fp);
    }
    return areas;
  }
}
