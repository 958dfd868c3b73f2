package dev.mer4j.data.source.dataset;

import dev.mer4j.data.segment.SegmentRows;

/** Removes padding from segments whose lengths are not known. */
final class ZeroRows {
  private ZeroRows() {}

  /** Returns the rows without those of zeros at the start and the end. */
  static SegmentRows trimmed(SegmentRows rows) {
    int from = 0;
    int to = rows.count();
    while (from < to && isZero(rows, from)) {
      from++;
    }
    while (from < to && isZero(rows, to - 1)) {
      to--;
    }
    return rows.part(from, to);
  }

  private static boolean isZero(SegmentRows rows, int row) {
    for (int column = 0; column < rows.width(); column++) {
      if (rows.at(row, column) != 0) {
        return false;
      }
    }
    return true;
  }
}
