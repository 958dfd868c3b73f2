package dev.mer4j.train.sweep;

import dev.mer4j.eval.statistics.Interval;
import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean and standard deviation of a sample.
 *
 * @param count n
 * @param mean the mean; NaN if n is 0
 * @param deviation the sample standard deviation, with n - 1; NaN if n is below 2
 */
public record SampleStatistics(int count, double mean, double deviation) {
  /** Returns the statistics of a sample. */
  public static SampleStatistics of(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    return new SampleStatistics(values.length, mean, deviation);
  }

  /**
   * Returns half the width of the 95 % confidence interval of the mean by Student's t, for
   * approximately normal numbers; NaN if n is below 2.
   */
  public double margin() {
    if (count < 2) {
      return Double.NaN;
    }
    double t = TDistribution.of(count - 1).inverseSurvivalProbability((1 - Interval.LEVEL) / 2);
    return t * deviation / Math.sqrt(count);
  }

  /** Returns whether the 95 % confidence interval excludes 0. */
  public boolean differsFromZero() {
    return Math.abs(mean) > margin();
  }

  /** Returns mean and standard deviation, such as {@code 0.512 ± 0.013}; a single value alone. */
  @Override
  public String toString() {
    if (count == 1) {
      return String.format(Locale.ROOT, "%.3f", mean);
    }
    return String.format(Locale.ROOT, "%.3f ± %.3f", mean, deviation);
  }
}
