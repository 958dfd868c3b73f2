package dev.mer4j.data.segment;

import dev.mer4j.data.csd.Rows;
import java.util.Arrays;

/**
 * The rows [n, D] of one modality that belong to one segment: a view, not a copy.
 *
 * @param source the rows of the whole entry
 * @param order indices into {@code source}, in time order
 * @param first the start of the first row in seconds, clipped to the segment; NaN without rows
 * @param last the end of the last row in seconds, clipped to the segment; NaN without rows
 * @param intervals [n, 2], start and end of each row in seconds, clipped to the segment; empty if
 *     they are unknown
 */
public record SegmentRows(Rows source, int[] order, double first, double last, double[] intervals) {
  /** Creates rows whose times are unknown. */
  public SegmentRows(Rows source, int[] order) {
    this(source, order, Double.NaN, Double.NaN, new double[0]);
  }

  /** Returns the rows [from, to) in time order, with the same first and last time. */
  public SegmentRows part(int from, int to) {
    boolean timed = intervals.length > 0;
    return new SegmentRows(
        source,
        Arrays.copyOfRange(order, from, to),
        first,
        last,
        timed ? Arrays.copyOfRange(intervals, 2 * from, 2 * to) : intervals);
  }

  /** Returns n. */
  public int count() {
    return order.length;
  }

  /** Returns D. */
  public int width() {
    return source.width();
  }

  public double at(int row, int column) {
    return source.at(order[row], column);
  }

  /**
   * Copies a row.
   *
   * @param target at least D values
   */
  public void copy(int row, double[] target) {
    source.copy(order[row], target);
  }

  /** Returns statistics of the rows as stored in the file. */
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
   * Statistics for comparing segments.
   *
   * @param nan the number of NaN values
   * @param infinite the number of infinite values
   * @param finiteSum the sum of all finite values, in float64
   */
  public record Stats(long nan, long infinite, double finiteSum) {}
}
