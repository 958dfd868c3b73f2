package dev.mer4j.data.segment;

import dev.mer4j.data.csd.Rows;

/**
 * The rows [n, D] of one modality that belong to one segment: a view, not a copy.
 *
 * @param source the whole entry's rows
 * @param order indices into {@code source}, in the order of time
 * @param first when the first row starts, clipped to the segment, in seconds; NaN without rows
 * @param last when the last row ends, clipped to the segment, in seconds; NaN without rows
 */
public record SegmentRows(Rows source, int[] order, double first, double last) {
  /** n. */
  public int count() {
    return order.length;
  }

  /** D. */
  public int width() {
    return source.width();
  }

  public double at(int row, int column) {
    return source.at(order[row], column);
  }

  /** Counts what is in the rows as they are in the file. */
  public Stats stats() {
    long nan = 0;
    long infinite = 0;
    double sum = 0;
    for (int row = 0; row < count(); row++) {
      for (int column = 0; column < width(); column++) {
        double value = at(row, column);
        if (Double.isFinite(value)) {
          sum += value;
        } else if (Double.isNaN(value)) {
          nan++;
        } else {
          infinite++;
        }
      }
    }
    return new Stats(nan, infinite, sum);
  }

  /**
   * Numbers to compare a segment by.
   *
   * @param nan how many values are not a number
   * @param infinite how many values are infinite
   * @param finiteSum the sum of all other values, in float64
   */
  public record Stats(long nan, long infinite, double finiteSum) {}
}
