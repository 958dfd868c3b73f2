package dev.mer4j.eval.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Precision, recall and F1 of several classes or segments, averaged separately. */
public record Average(double precision, double recall, double f1) {
  /** Computes the ratios from pooled counts. */
  static Average micro(List<BinaryCounts> classes) {
    BinaryCounts all = classes.stream().reduce(new BinaryCounts(0, 0, 0, 0), BinaryCounts::plus);
    return new Average(all.precision(), all.recall(), all.f1());
  }

  /** Computes the unweighted mean over classes or segments; NaN if there are none. */
  static Average macro(List<BinaryCounts> classes) {
    return weigh(classes, each -> 1);
  }

  /** Computes the mean over classes, weighted by support; 0 without support. */
  static Average weighted(List<BinaryCounts> classes) {
    boolean supported = classes.stream().anyMatch(each -> each.support() > 0);
    return supported ? weigh(classes, BinaryCounts::support) : new Average(0, 0, 0);
  }

  private static Average weigh(List<BinaryCounts> classes, ToDoubleFunction<BinaryCounts> weight) {
    return new Average(
        mean(classes, weight, BinaryCounts::precision),
        mean(classes, weight, BinaryCounts::recall),
        mean(classes, weight, BinaryCounts::f1));
  }

  private static double mean(
      List<BinaryCounts> classes,
      ToDoubleFunction<BinaryCounts> weight,
      ToDoubleFunction<BinaryCounts> value) {
    double sum = 0;
    double weights = 0;
    for (BinaryCounts each : classes) {
      sum += weight.applyAsDouble(each) * value.applyAsDouble(each);
      weights += weight.applyAsDouble(each);
    }
    return sum / weights;
  }
}
