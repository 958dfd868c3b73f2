package dev.mer4j.eval.statistics;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.eval.metric.LabeledPrediction;
import java.util.ArrayList;
import java.util.List;

/**
 * The false positive rates of tests of two equally good models.
 *
 * @param single share of p-values below 0.05
 * @param family share of data sets with one below 0.05 after Holm's correction
 */
record NullTests(double single, double family) {
  /**
   * The rates of two tests of decisions on the same data sets.
   *
   * @param mcNemar McNemar's exact test, which treats each segment as a separate video
   * @param signFlip the sign-flip test on videos
   */
  record OfDecisions(NullTests mcNemar, NullTests signFlip) {}

  /** The p-values of the differences of F1. */
  static NullTests f1(Simulation simulation, int count) {
    List<List<Double>> p = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      List<Predictions> pair = simulation.drawPair(1000 + s);
      p.add(
          Comparison.of(pair.get(0), pair.get(1)).emotions().stream()
              .map(each -> each.f1().p())
              .toList());
    }
    return of(p);
  }

  /** Tests the decisions for each emotion. */
  static OfDecisions decisions(Simulation simulation, int count) {
    List<List<Double>> bySegment = new ArrayList<>();
    List<List<Double>> byVideo = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      List<Predictions> pair = simulation.drawPair(1000 + s);
      List<LabeledPrediction> a = LabeledPrediction.of(pair.get(0));
      List<LabeledPrediction> b = LabeledPrediction.of(pair.get(1));
      String[] segments = new String[a.size()];
      String[] videos = new String[a.size()];
      for (int i = 0; i < videos.length; i++) {
        segments[i] = "segment" + i;
        videos[i] = a.get(i).prediction().segment().id().video();
      }
      List<Double> ofSegments = new ArrayList<>();
      List<Double> ofVideos = new ArrayList<>();
      for (Emotion emotion : Emotion.MOSEI) {
        boolean[] rightA = right(a, emotion);
        boolean[] rightB = right(b, emotion);
        ofSegments.add(SignFlip.of(segments, rightA, rightB).p());
        ofVideos.add(SignFlip.of(videos, rightA, rightB).p());
      }
      bySegment.add(ofSegments);
      byVideo.add(ofVideos);
    }
    return new OfDecisions(of(bySegment), of(byVideo));
  }

  private static boolean[] right(List<LabeledPrediction> predictions, Emotion emotion) {
    boolean[] right = new boolean[predictions.size()];
    for (int i = 0; i < right.length; i++) {
      LabeledPrediction each = predictions.get(i);
      right[i] = each.predicted(emotion) == each.present(emotion);
    }
    return right;
  }

  private static NullTests of(List<List<Double>> p) {
    long single = p.stream().flatMap(List::stream).filter(each -> each < 0.05).count();
    long family =
        p.stream().filter(own -> Holm.correct(own).stream().anyMatch(each -> each < 0.05)).count();
    return new NullTests(
        (double) single / (p.size() * Emotion.MOSEI.size()), (double) family / p.size());
  }
}
