package dev.mer4j.eval.statistics;

/**
 * An estimate and its 95 % confidence interval.
 *
 * @param estimate the estimate on all segments; NaN if it is undefined
 * @param low the lower end; NaN if the interval is undefined, see {@link Uncertainty}
 * @param high the upper end; NaN if the interval is undefined
 */
public record Interval(double estimate, double low, double high) {
  /** The share of intervals that contain the true value. */
  public static final double LEVEL = 0.95;

  /** Returns whether the interval is defined. */
  public boolean isDefined() {
    return !Double.isNaN(low);
  }

  /** Returns whether a value is inside, including the ends. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
