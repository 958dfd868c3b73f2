package dev.mer4j.eval.statistics;

/**
 * A number and where it may lie.
 *
 * @param estimate on the segments as they are
 * @param low NaN where it is not defined
 * @param high NaN where it is not defined
 */
public record Interval(double estimate, double low, double high) {
  /** Whether a value lies inside, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
