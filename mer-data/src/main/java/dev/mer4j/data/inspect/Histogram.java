package dev.mer4j.data.inspect;

import java.util.Arrays;
import java.util.List;

/**
 * A histogram with equal bins that start at 0.
 *
 * @param binWidth the width of each bin but the last, which holds all larger values
 * @param counts the count of each bin
 */
public record Histogram(double binWidth, List<Integer> counts) {
  private static final int BINS = 40;

  public Histogram {
    counts = List.copyOf(counts);
  }

  /** Returns a histogram with the 99th percentile at 90 % of its range. */
  static Histogram of(double[] values, double p99) {
    return of(values, Math.max(p99, 1e-9) / 0.9 / BINS, BINS);
  }

  /** Returns a histogram of integers with an integer bin width. */
  static Histogram ofCounts(double[] values, double p99) {
    double binWidth = Math.max(1, Math.ceil(p99 / 0.9 / BINS));
    return of(values, binWidth, (int) Math.max(1, Math.ceil(p99 / 0.9 / binWidth)));
  }

  private static Histogram of(double[] values, double binWidth, int bins) {
    int[] counts = new int[bins + 1];
    for (double value : values) {
      counts[(int) Math.max(0, Math.min(bins, value / binWidth))]++;
    }
    return new Histogram(binWidth, Arrays.stream(counts).boxed().toList());
  }
}
