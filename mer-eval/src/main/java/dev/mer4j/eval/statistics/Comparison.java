package dev.mer4j.eval.statistics;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentId;
import dev.mer4j.eval.metric.Judged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Two models on the same segments.
 *
 * @param segments N
 * @param videos that were resampled
 * @param metrics macro-F1, balanced accuracy, average precision and ROC-AUC
 * @param emotions [C]
 */
public record Comparison(
    int segments,
    int videos,
    int resamples,
    long seed,
    List<Difference> metrics,
    List<OnEmotion> emotions) {
  public Comparison {
    metrics = List.copyOf(metrics);
    emotions = List.copyOf(emotions);
  }

  /**
   * One metric of both.
   *
   * @param difference a minus b, and its 95 % interval
   * @param p two-sided, of no difference, by the paired bootstrap over videos
   */
  public record Difference(String metric, double a, double b, Interval difference, double p) {}

  /**
   * One emotion.
   *
   * @param f1 of the positives; its p-value not yet corrected
   * @param f1Holm its p-value, corrected for six emotions
   * @param answers of yes or no, right or wrong
   * @param answersHolm McNemar's p-value, corrected for six emotions
   */
  public record OnEmotion(
      Emotion emotion, Difference f1, double f1Holm, McNemar answers, double answersHolm) {}

  /**
   * Compares.
   *
   * @throws MerException if the predictions are not for the same segments in the same order, or
   *     differ in their task
   */
  public static Comparison of(Predictions a, Predictions b, int resamples, long seed) {
    if (!ids(a).equals(ids(b))) {
      throw new MerException(
          "models can only be compared on the same segments, in one order: %d and %d given"
              .formatted(a.size(), b.size()));
    }
    if (!a.scheme().equals(b.scheme())) {
      throw new MerException(
          "models of different tasks cannot be compared: %s and %s"
              .formatted(a.scheme(), b.scheme()));
    }
    Bootstrap bootstrap = Bootstrap.overVideos(a, resamples, seed);
    WeightedMetrics ofA = new WeightedMetrics(a);
    WeightedMetrics ofB = new WeightedMetrics(b);
    List<Difference> metrics =
        differences(
            bootstrap,
            List.of("macro-F1", "balanced accuracy", "average precision", "ROC-AUC"),
            List.of(ofA.macroF1(), ofA.balancedAccuracy(), ofA.averagePrecision(), ofA.rocAuc()),
            List.of(ofB.macroF1(), ofB.balancedAccuracy(), ofB.averagePrecision(), ofB.rocAuc()));
    List<Emotion> all = Arrays.asList(Emotion.values());
    List<Difference> f1 =
        differences(
            bootstrap,
            all.stream().map(emotion -> "F1 of " + emotion.key()).toList(),
            all.stream().map(ofA::f1).toList(),
            all.stream().map(ofB::f1).toList());
    List<McNemar> answers = all.stream().map(emotion -> mcNemar(a, b, emotion)).toList();
    List<Double> f1Holm = Holm.correct(f1.stream().map(Difference::p).toList());
    List<Double> answersHolm = Holm.correct(answers.stream().map(McNemar::p).toList());
    List<OnEmotion> emotions =
        all.stream()
            .map(
                emotion -> {
                  int c = emotion.ordinal();
                  return new OnEmotion(
                      emotion, f1.get(c), f1Holm.get(c), answers.get(c), answersHolm.get(c));
                })
            .toList();
    return new Comparison(a.size(), bootstrap.videos(), resamples, seed, metrics, emotions);
  }

  private static List<Difference> differences(
      Bootstrap bootstrap, List<String> names, List<Statistic> a, List<Statistic> b) {
    List<Statistic> minus = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      minus.add(a.get(i).minus(b.get(i)));
    }
    List<Draws> draws = bootstrap.draws(minus);
    int[] once = new int[bootstrap.segments()];
    Arrays.fill(once, 1);
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      differences.add(
          new Difference(
              names.get(i),
              a.get(i).of(once),
              b.get(i).of(once),
              draws.get(i).interval(),
              draws.get(i).pOfZero()));
    }
    return differences;
  }

  private static McNemar mcNemar(Predictions a, Predictions b, Emotion emotion) {
    List<Judged> ofA = Judged.of(a);
    List<Judged> ofB = Judged.of(b);
    int onlyA = 0;
    int onlyB = 0;
    for (int s = 0; s < ofA.size(); s++) {
      boolean present = ofA.get(s).present(emotion);
      boolean rightA = ofA.get(s).predicted(emotion) == present;
      boolean rightB = ofB.get(s).predicted(emotion) == present;
      onlyA += rightA && !rightB ? 1 : 0;
      onlyB += rightB && !rightA ? 1 : 0;
    }
    return new McNemar(onlyA, onlyB);
  }

  private static List<SegmentId> ids(Predictions predictions) {
    return predictions.rows().stream().map(row -> row.segment().id()).toList();
  }
}
