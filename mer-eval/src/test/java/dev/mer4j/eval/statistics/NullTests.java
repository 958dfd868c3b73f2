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
  /** Treats each segment as a separate video: McNemar's exact test. */
  static NullTests mcNemar(Simulation simulation, int count) {
    return decisions(simulation, count, false);
  }

  /** The sign-flip test on videos. */
  static NullTests signFlip(Simulation simulation, int count) {
    return decisions(simulation, count, true);
  }

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

  private static NullTests decisions(Simulation simulation, int count, boolean byVideo) {
    List<List<Double>> p = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      List<Predictions> pair = simulation.drawPair(1000 + s);
      List<LabeledPrediction> a = LabeledPrediction.of(pair.get(0));
      List<LabeledPrediction> b = LabeledPrediction.of(pair.get(1));
      List<Double> own = new ArrayList<>();
      for (Emotion emotion : Emotion.MOSEI) {
        String[] videos = new String[a.size()];
        boolean[] rightA = new boolean[a.size()];
        boolean[] rightB = new boolean[a.size()];
        for (int i = 0; i < videos.length; i++) {
          videos[i] = byVideo ? a.get(i).prediction().segment().id().video() : "segment" + i;
          boolean present = a.get(i).present(emotion);
          rightA[i] = a.get(i).predicted(emotion) == present;
          rightB[i] = b.get(i).predicted(emotion) == present;
        }
        own.add(SignFlip.of(videos, rightA, rightB).p());
      }
      p.add(own);
    }
    return of(p);
  }

  private static NullTests of(List<List<Double>> p) {
    long single = p.stream().flatMap(List::stream).filter(each -> each < 0.05).count();
    long family =
        p.stream().filter(own -> Holm.correct(own).stream().anyMatch(each -> each < 0.05)).count();
    return new NullTests(
        (double) single / (p.size() * Emotion.MOSEI.size()), (double) family / p.size());
  }
}
