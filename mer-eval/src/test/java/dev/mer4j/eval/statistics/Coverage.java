package dev.mer4j.eval.statistics;

import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelScheme.Task;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts in how many simulated data sets an interval holds the true value. */
final class Coverage {
  /** Makes an interval of a statistic of these predictions. */
  @FunctionalInterface
  interface Method {
    Interval interval(Predictions predictions, Statistic statistic);
  }

  private static final int POPULATIONS = 2;
  private static final int POPULATION = 20_000;

  private Coverage() {}

  /** Every metric that reports give an interval of. */
  static Map<String, Statistic> metrics(Predictions predictions) {
    WeightedMetrics metrics = new WeightedMetrics(predictions);
    Map<String, Statistic> all = new LinkedHashMap<>();
    all.put("macro-F1", metrics.macroF1());
    if (predictions.scheme().task() == Task.MULTI_LABEL) {
      all.put("balanced accuracy", metrics.balancedAccuracy());
      all.put("average precision", metrics.averagePrecision());
      all.put("ROC-AUC", metrics.rocAuc());
      for (Emotion emotion : Emotion.values()) {
        all.put("F1 of " + emotion.key(), metrics.f1(emotion));
      }
    }
    return all;
  }

  /** Returns the share of intervals [metric] that hold the value of a much larger data set. */
  static Map<String, Double> ofMetrics(Simulation simulation, int count, Method method) {
    Map<String, Double> truth = truth(simulation);
    Map<String, Integer> held = new LinkedHashMap<>();
    for (int s = 0; s < count; s++) {
      Predictions sample = simulation.draw(1000 + s);
      metrics(sample)
          .forEach(
              (name, metric) ->
                  add(held, name, method.interval(sample, metric).contains(truth.get(name))));
    }
    return shares(held, count);
  }

  /** Returns the share of intervals [metric] of the difference of equal models that hold 0. */
  static Map<String, Double> ofDifferences(Simulation simulation, int count) {
    Map<String, Integer> held = new LinkedHashMap<>();
    for (int s = 0; s < count; s++) {
      List<Predictions> pair = simulation.drawPair(1000 + s);
      Map<String, Statistic> a = metrics(pair.get(0));
      Map<String, Statistic> b = metrics(pair.get(1));
      Jackknife jackknife = Jackknife.overVideos(pair.get(0));
      a.forEach(
          (name, metric) ->
              add(held, name, jackknife.of(metric.minus(b.get(name))).ofDifference().contains(0)));
    }
    return shares(held, count);
  }

  /** The method of the reports. */
  static Interval jackknife(Predictions predictions, Statistic statistic) {
    return Jackknife.overVideos(predictions).of(statistic).ofMetric();
  }

  private static Map<String, Double> truth(Simulation simulation) {
    Simulation population = simulation.withVideos(POPULATION);
    Map<String, Double> sums = new LinkedHashMap<>();
    for (int p = 0; p < POPULATIONS; p++) {
      Predictions all = population.draw(p);
      int[] once = new int[all.size()];
      Arrays.fill(once, 1);
      metrics(all).forEach((name, metric) -> sums.merge(name, metric.of(once), Double::sum));
    }
    sums.replaceAll((name, sum) -> sum / POPULATIONS);
    return sums;
  }

  private static void add(Map<String, Integer> held, String name, boolean holds) {
    held.merge(name, holds ? 1 : 0, Integer::sum);
  }

  private static Map<String, Double> shares(Map<String, Integer> held, int count) {
    return held.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                each -> (double) each.getValue() / count,
                (a, b) -> a,
                LinkedHashMap::new));
  }
}
