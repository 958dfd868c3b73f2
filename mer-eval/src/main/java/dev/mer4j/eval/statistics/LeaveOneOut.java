package dev.mer4j.eval.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A statistic on all videos and without each of them, and the confidence intervals that follow.
 *
 * <p>The estimate is corrected for bias, its standard error is the jackknife's, and Student's t has
 * as many degrees of freedom as the variance's own spread allows (Satterthwaite, 1946): 2 (n - 1) /
 * (k - 1), k being the kurtosis of the values, at most n - 1. A few videos that decide a metric, as
 * with a rare emotion, so count as a few.
 *
 * <p>Nothing can be said, and all results are NaN, if the statistic is undefined on all videos or
 * without one of them, if there are fewer than two videos, or if it is the same whichever video is
 * left out.
 */
final class LeaveOneOut {
  private final double estimate;
  private final double center;
  private final double error;
  private final double freedom;

  /**
   * Sums up.
   *
   * @param estimate on all videos
   * @param without [videos], without each video
   */
  LeaveOneOut(double estimate, double[] without) {
    this.estimate = estimate;
    int n = without.length;
    double mean = Arrays.stream(without).average().orElse(Double.NaN);
    double squares = 0;
    double fourths = 0;
    for (double value : without) {
      double square = (value - mean) * (value - mean);
      squares += square;
      fourths += square * square;
    }
    boolean constant = n < 2 || Arrays.stream(without).allMatch(value -> value == without[0]);
    center = estimate - (n - 1) * (mean - estimate);
    error = constant ? Double.NaN : Math.sqrt((n - 1.0) / n * squares);
    double kurtosis = n * fourths / (squares * squares);
    freedom = Math.max(1, Math.min(n - 1, 2 * (n - 1) / (kurtosis - 1)));
  }

  /** Returns the interval of a difference of two metrics. */
  Interval ofDifference() {
    if (Double.isNaN(error)) {
      return new Interval(estimate, Double.NaN, Double.NaN);
    }
    double margin = quantile() * error;
    return new Interval(estimate, center - margin, center + margin);
  }

  /**
   * Returns the interval of a metric in [0, 1], which stays inside (0, 1): it is symmetric on the
   * logit's scale.
   */
  Interval ofMetric() {
    if (Double.isNaN(error)) {
      return new Interval(estimate, Double.NaN, Double.NaN);
    }
    double at = center > 0 && center < 1 ? center : estimate;
    double logit = Math.log(at / (1 - at));
    double margin = quantile() * error / (at * (1 - at));
    return new Interval(estimate, inverse(logit - margin), inverse(logit + margin));
  }

  /**
   * Returns the two-sided p-value of "the true value is 0", below 0.05 where {@link #ofDifference}
   * leaves out 0; 1 if the statistic is 0 whichever video is left out.
   */
  double pOfZero() {
    if (Double.isNaN(error)) {
      return estimate == 0 ? 1 : Double.NaN;
    }
    return 2 * TDistribution.of(freedom).survivalProbability(Math.abs(center) / error);
  }

  private double quantile() {
    return TDistribution.of(freedom).inverseSurvivalProbability((1 - Interval.LEVEL) / 2);
  }

  private static double inverse(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
