package dev.mer4j.data.inspect;

/**
 * Counts of the non-finite values of one column.
 *
 * @param column the column, from 0
 */
public record ColumnFaults(int column, long nan, long positiveInfinite, long negativeInfinite) {
  /** Returns the sum of all counts. */
  public long total() {
    return nan + positiveInfinite + negativeInfinite;
  }
}
