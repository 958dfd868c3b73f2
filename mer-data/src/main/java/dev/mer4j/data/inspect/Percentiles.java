package dev.mer4j.data.inspect;

import java.util.Arrays;

/**
 * Percentiles of a quantity: the smallest value that the given percentage of values does not
 * exceed.
 */
public record Percentiles(double median, double p90, double p99, double max) {
  /** Returns the percentiles of the values; all 0 without values. */
  static Percentiles of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Percentiles(at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99), at(sorted, 1));
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
