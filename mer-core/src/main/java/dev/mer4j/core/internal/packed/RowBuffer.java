package dev.mer4j.core.internal.packed;

/** A matrix with one array per row that grows on demand and never shrinks. */
final class RowBuffer {
  private float[][] rows = {};
  private int width;

  /**
   * Returns at least {@code count} rows of {@code columns} values. Values are kept as long as the
   * number of columns is the same; new rows are zero.
   */
  float[][] ensure(int count, int columns) {
    if (width != columns) {
      rows = new float[0][];
      width = columns;
    }
    if (rows.length < count) {
      float[][] larger = new float[count][];
      System.arraycopy(rows, 0, larger, 0, rows.length);
      for (int r = rows.length; r < count; r++) {
        larger[r] = new float[columns];
      }
      rows = larger;
    }
    return rows;
  }

  /** Returns the rows that were last requested. */
  float[][] rows() {
    return rows;
  }

  /** Releases the memory. */
  void clear() {
    rows = new float[0][];
  }
}
