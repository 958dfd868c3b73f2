package dev.mer4j.eval.statistics;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures how often defined intervals of simulated data sets contain the true value. */
final class Coverage {
  /** Computes an interval of each metric. */
  @FunctionalInterface
  interface Method {
    List<Interval> intervals(Predictions predictions);
  }

  private static final int POPULATIONS = 2;
  private static final int POPULATION = 20_000;

  private final int[] held = new int[WeightedMetrics.names(Emotion.MOSEI).size()];
  private final int[] defined = new int[WeightedMetrics.names(Emotion.MOSEI).size()];

  private Coverage() {}

  /** Returns the share of intervals [metric] that contain the value of a much larger data set. */
  static Map<String, Double> ofMetrics(Simulation simulation, int count, Method method) {
    double[] truth = truth(simulation);
    Coverage coverage = new Coverage();
    for (int s = 0; s < count; s++) {
      coverage.add(method.intervals(simulation.draw(1000 + s)), truth);
    }
    return coverage.shares();
  }

  /** Returns the share of intervals [metric] of the difference of equal models that contain 0. */
  static Map<String, Double> ofDifferences(Simulation simulation, int count) {
    Coverage coverage = new Coverage();
    for (int s = 0; s < count; s++) {
      List<Predictions> pair = simulation.drawPair(1000 + s);
      Statistic minus = new WeightedMetrics(pair.get(0)).minus(new WeightedMetrics(pair.get(1)));
      List<LeaveOneOut> values = Jackknife.overVideos(pair.get(0)).of(minus);
      coverage.add(
          values.stream().map(LeaveOneOut::ofDifference).toList(),
          new double[WeightedMetrics.names(Emotion.MOSEI).size()]);
    }
    return coverage.shares();
  }

  /** The method of the reports. */
  static List<Interval> jackknife(Predictions predictions) {
    return Jackknife.overVideos(predictions).of(new WeightedMetrics(predictions)).stream()
        .map(LeaveOneOut::ofMetric)
        .toList();
  }

  private static double[] truth(Simulation simulation) {
    Simulation population = simulation.withVideos(POPULATION);
    double[] means = new double[WeightedMetrics.names(Emotion.MOSEI).size()];
    for (int p = 0; p < POPULATIONS; p++) {
      Predictions all = population.draw(p);
      int[] once = new int[all.size()];
      Arrays.fill(once, 1);
      double[] values = new WeightedMetrics(all).of(once);
      for (int i = 0; i < means.length; i++) {
        means[i] += values[i] / POPULATIONS;
      }
    }
    return means;
  }

  private void add(List<Interval> intervals, double[] truth) {
    for (int i = 0; i < truth.length; i++) {
      defined[i] += intervals.get(i).isDefined() ? 1 : 0;
      held[i] += intervals.get(i).contains(truth[i]) ? 1 : 0;
    }
  }

  private Map<String, Double> shares() {
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int i = 0; i < held.length; i++) {
      shares.put(WeightedMetrics.names(Emotion.MOSEI).get(i), (double) held[i] / defined[i]);
    }
    return shares;
  }
}
