package dev.mer4j.eval.statistics;

/**
 * An estimate and its 95 % confidence interval.
 *
 * @param estimate on the segments as they are; NaN where it is not defined
 * @param low NaN where the interval is not defined; see {@link Uncertainty}
 * @param high NaN where the interval is not defined
 */
public record Interval(double estimate, double low, double high) {
  /** The share of intervals that hold the true value. */
  public static final double LEVEL = 0.95;

  /** Returns whether there is an interval. */
  public boolean isDefined() {
    return !Double.isNaN(low);
  }

  /** Whether a value lies inside, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
