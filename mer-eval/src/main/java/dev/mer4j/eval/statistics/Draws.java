package dev.mer4j.eval.statistics;

/**
 * What a statistic was in the resamples in which it is defined.
 *
 * @param estimate on the segments as they are
 * @param sorted ascending
 */
record Draws(double estimate, double[] sorted) {
  Interval interval() {
    double tail = (1 - Bootstrap.LEVEL) / 2;
    return new Interval(estimate, quantile(tail), quantile(1 - tail));
  }

  /**
   * Two-sided p-value of "the statistic is 0": twice the share of draws on the far side of 0, ties
   * on both sides, and the estimate itself counted as one draw more so that it is never 0.
   */
  double pOfZero() {
    int below = 0;
    int above = 0;
    for (double draw : sorted) {
      below += draw <= 0 ? 1 : 0;
      above += draw >= 0 ? 1 : 0;
    }
    return Math.min(1, 2 * (1.0 + Math.min(below, above)) / (sorted.length + 1));
  }

  /** Linear between the nearest two draws. */
  private double quantile(double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = share * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
