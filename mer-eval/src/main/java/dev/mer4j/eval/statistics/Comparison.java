package dev.mer4j.eval.statistics;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.SegmentId;
import dev.mer4j.eval.metric.LabeledPrediction;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The paired comparison of two models on the same segments.
 *
 * @param segments N
 * @param groups the groups that were omitted in turn
 * @param metrics the differences of macro-F1, balanced accuracy, average precision and ROC-AUC
 * @param emotions [C], the differences of each emotion
 */
public record Comparison(
    int segments, GroupCount groups, List<Difference> metrics, List<EmotionDifference> emotions) {
  public Comparison {
    metrics = List.copyOf(metrics);
    emotions = List.copyOf(emotions);
  }

  /** Returns whether every interval is defined. */
  public boolean isComplete() {
    return Stream.concat(metrics.stream(), emotions.stream().map(EmotionDifference::f1))
        .allMatch(each -> each.difference().isDefined());
  }

  /**
   * One metric of both models.
   *
   * @param difference a minus b, with its 95 % confidence interval from the jackknife over videos
   * @param p two-sided p-value of no difference; NaN if the interval is undefined, 1 if the models
   *     agree on every video
   */
  public record Difference(String metric, double a, double b, Interval difference, double p) {}

  /**
   * One emotion of both models.
   *
   * @param f1 F1 of the positives, with an uncorrected p-value
   * @param f1Holm its p-value, corrected for six emotions
   * @param decisions the sign-flip test of correct decisions
   * @param decisionsHolm the sign-flip test's p-value, corrected for six emotions
   */
  public record EmotionDifference(
      Emotion emotion, Difference f1, double f1Holm, SignFlip decisions, double decisionsHolm) {}

  /**
   * Compares the predictions of two models.
   *
   * @throws MerException if the predictions are not for the same segments in the same order, or
   *     differ in their task
   */
  public static Comparison of(Predictions allOfA, Predictions allOfB) {
    Predictions a = allOfA.labeled();
    Predictions b = allOfB.labeled();
    if (!ids(a).equals(ids(b))) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "models can only be compared on the same segments in the same order: found %d and"
                  + " %d segments",
              a.size(),
              b.size()));
    }
    if (!a.scheme().equals(b.scheme())) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "models of different tasks cannot be compared: %s and %s",
              a.scheme(),
              b.scheme()));
    }
    Jackknife jackknife = Jackknife.overVideos(a);
    List<Difference> differences = differences(jackknife, a, b);
    List<Emotion> all = a.scheme().labels();
    List<Difference> f1 = differences.subList(differences.size() - all.size(), differences.size());
    List<Difference> metrics = differences.subList(0, differences.size() - all.size());
    List<SignFlip> decisions = all.stream().map(emotion -> signFlip(a, b, emotion)).toList();
    List<Double> f1Holm = Holm.correct(f1.stream().map(Difference::p).toList());
    List<Double> decisionsHolm = Holm.correct(decisions.stream().map(SignFlip::p).toList());
    List<EmotionDifference> emotions =
        all.stream()
            .map(
                emotion -> {
                  int c = all.indexOf(emotion);
                  return new EmotionDifference(
                      emotion, f1.get(c), f1Holm.get(c), decisions.get(c), decisionsHolm.get(c));
                })
            .toList();
    return new Comparison(a.size(), GroupCount.of(a), metrics, emotions);
  }

  private static List<Difference> differences(Jackknife jackknife, Predictions a, Predictions b) {
    WeightedMetrics ofA = new WeightedMetrics(a);
    WeightedMetrics ofB = new WeightedMetrics(b);
    int[] once = new int[a.size()];
    Arrays.fill(once, 1);
    double[] valuesA = ofA.of(once);
    double[] valuesB = ofB.of(once);
    List<String> names = WeightedMetrics.names(a.scheme().labels());
    List<LeaveOneOut> minus = jackknife.of(ofA.minus(ofB));
    return IntStream.range(0, minus.size())
        .mapToObj(
            i ->
                new Difference(
                    names.get(i),
                    valuesA[i],
                    valuesB[i],
                    minus.get(i).ofDifference(),
                    minus.get(i).pOfZero()))
        .toList();
  }

  private static SignFlip signFlip(Predictions a, Predictions b, Emotion emotion) {
    String[] videos = a.rows().stream().map(row -> row.segment().group()).toArray(String[]::new);
    return SignFlip.of(videos, right(a, emotion), right(b, emotion));
  }

  private static boolean[] right(Predictions predictions, Emotion emotion) {
    List<LabeledPrediction> rows = LabeledPrediction.of(predictions);
    boolean[] right = new boolean[rows.size()];
    for (int s = 0; s < right.length; s++) {
      right[s] = rows.get(s).predicted(emotion) == rows.get(s).present(emotion);
    }
    return right;
  }

  private static List<SegmentId> ids(Predictions predictions) {
    return predictions.rows().stream().map(row -> row.segment().id()).toList();
  }
}
