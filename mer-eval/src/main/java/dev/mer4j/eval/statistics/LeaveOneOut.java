package dev.mer4j.eval.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A statistic on all videos and without each of them, and its confidence intervals.
 *
 * <p>The estimate is corrected for bias, its standard error is the jackknife's, and the degrees of
 * freedom of Student's t account for the variance of the variance estimate (Satterthwaite, 1946): 2
 * (n - 1) / (k - 1), at most n - 1, with k the kurtosis of the values. A metric that depends on few
 * videos, as with a rare emotion, therefore has few degrees of freedom.
 *
 * <p>All results are NaN if the statistic is undefined on all videos or without one of them, if
 * there are fewer than two videos, or if the statistic is the same without any one video.
 */
final class LeaveOneOut {
  private final double estimate;
  private final double center;
  private final double error;
  private final double freedom;

  /** Whether the statistic is 0 wherever it is defined. */
  private final boolean agree;

  /**
   * Summarizes the values of a statistic.
   *
   * @param estimate the value on all videos
   * @param without [videos], the values without each video
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
    agree =
        estimate == 0
            && Arrays.stream(without).allMatch(value -> value == 0 || Double.isNaN(value));
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
   * Returns the interval of a metric in [0, 1]. It is symmetric on the logit scale, so it is inside
   * (0, 1).
   */
  Interval ofMetric() {
    if (Double.isNaN(error)) {
      return new Interval(estimate, Double.NaN, Double.NaN);
    }
    double at = center > 0 && center < 1 ? center : estimate;
    double logit = StrictMath.log(at / (1 - at));
    double margin = quantile() * error / (at * (1 - at));
    return new Interval(estimate, inverse(logit - margin), inverse(logit + margin));
  }

  /**
   * Returns the two-sided p-value of "the true value is 0". It is below 0.05 if {@link
   * #ofDifference} excludes 0, and 1 if the statistic is 0 without any one video.
   */
  double pOfZero() {
    if (Double.isNaN(error)) {
      return agree ? 1 : Double.NaN;
    }
    return 2 * TDistribution.of(freedom).survivalProbability(Math.abs(center) / error);
  }

  private double quantile() {
    return TDistribution.of(freedom).inverseSurvivalProbability((1 - Interval.LEVEL) / 2);
  }

  private static double inverse(double logit) {
    return 1 / (1 + StrictMath.exp(-logit));
  }
}
