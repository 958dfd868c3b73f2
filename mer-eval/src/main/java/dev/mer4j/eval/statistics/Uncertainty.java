package dev.mer4j.eval.statistics;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.eval.metric.LabeledPrediction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * 95 % confidence intervals of the headline metrics, from the jackknife over videos.
 *
 * <p>An interval is undefined, and its ends are NaN, if the metric is undefined, if there is only
 * one video, if all segments that have an emotion, or all that lack it, are of one video, or if the
 * metric is the same without any one video, such as the F1 of an emotion that is never predicted.
 *
 * @param groups the groups that were omitted in turn
 * @param macroF1 macro-F1 in the model's own task
 * @param f1 F1 of each emotion's positives
 */
public record Uncertainty(
    GroupCount groups,
    Interval macroF1,
    Interval balancedAccuracy,
    Interval averagePrecision,
    Interval rocAuc,
    Map<Emotion, Interval> f1) {
  public Uncertainty {
    f1 = Collections.unmodifiableMap(new LinkedHashMap<>(f1));
  }

  /** Computes the intervals by omitting each video of the predictions in turn. */
  public static Uncertainty of(Predictions all) {
    Predictions predictions = all.labeled();
    return of(predictions.rows(), new WeightedMetrics(predictions), predictions.scheme().labels());
  }

  /**
   * Computes the intervals of the multi-label task, by omitting each video in turn.
   *
   * @param rows labels and decisions of each segment
   * @param labels the labels to average over
   */
  public static Uncertainty of(List<LabeledPrediction> rows, List<Emotion> labels) {
    return of(
        rows.stream().map(LabeledPrediction::prediction).toList(),
        new WeightedMetrics(rows, labels),
        labels);
  }

  private static Uncertainty of(
      List<Prediction> rows, WeightedMetrics metrics, List<Emotion> labels) {
    Jackknife jackknife = Jackknife.overVideos(rows);
    List<Interval> intervals = jackknife.of(metrics).stream().map(LeaveOneOut::ofMetric).toList();
    Map<Emotion, Interval> f1 = new LinkedHashMap<>();
    for (Emotion emotion : labels) {
      f1.put(emotion, intervals.get(4 + f1.size()));
    }
    return new Uncertainty(
        GroupCount.of(rows),
        intervals.get(0),
        intervals.get(1),
        intervals.get(2),
        intervals.get(3),
        f1);
  }

  /** Returns whether every interval is defined. */
  public boolean isComplete() {
    return Stream.concat(
            Stream.of(macroF1, balancedAccuracy, averagePrecision, rocAuc), f1.values().stream())
        .allMatch(Interval::isDefined);
  }
}
