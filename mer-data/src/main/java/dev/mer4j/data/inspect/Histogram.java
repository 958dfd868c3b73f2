package dev.mer4j.data.inspect;

import java.util.Arrays;
import java.util.List;

/**
 * How often a quantity falls into each of equal bins that start at 0.
 *
 * @param binWidth of every bin but the last, which holds whatever lies beyond
 * @param counts bin by bin
 */
public record Histogram(double binWidth, List<Integer> counts) {
  private static final int BINS = 40;

  public Histogram {
    counts = List.copyOf(counts);
  }

  /** Puts the 99th percentile at nine tenths of the way. */
  static Histogram of(double[] values, double p99) {
    return of(values, Math.max(p99, 1e-9) / 0.9 / BINS, BINS);
  }

  /** The same of whole numbers, of which each bin holds equally many. */
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
