package dev.mer4j.data.inspect;

/**
 * The values of one column that are no numbers.
 *
 * @param column from 0
 */
public record ColumnFaults(int column, long nan, long positiveInfinite, long negativeInfinite) {
  /** All of them. */
  public long total() {
    return nan + positiveInfinite + negativeInfinite;
  }
}
