package dev.mer4j.data.csd;

import java.util.Locale;

/**
 * The entry of one video in a computational sequence.
 *
 * @param intervals [n, 2]: start and end of each row, in seconds
 * @param rows [n, D], in the file's order, which may differ from time order
 */
public record CsdEntry(String video, double[] intervals, Rows rows) {
  public CsdEntry {
    if (intervals.length != 2 * rows.count()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %d interval values for %d rows, expected 2 per row",
              video,
              intervals.length,
              rows.count()));
    }
  }

  /** Returns n. */
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
