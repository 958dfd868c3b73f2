package dev.mer4j.data.csd;

import java.util.Locale;

/**
 * What a computational sequence holds of one video.
 *
 * @param intervals [n, 2]: start and end of each row, in seconds
 * @param rows [n, D], in the file's order, which need not be that of time
 */
public record CsdEntry(String video, double[] intervals, Rows rows) {
  public CsdEntry {
    if (intervals.length != 2 * rows.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %d numbers cannot be the intervals of %d rows",
              video,
              intervals.length,
              rows.count()));
    }
  }

  /** n. */
  public int count() {
    return rows.count();
  }

  public double start(int row) {
    return intervals[2 * row];
  }

  public double end(int row) {
    return intervals[2 * row + 1];
  }
}
