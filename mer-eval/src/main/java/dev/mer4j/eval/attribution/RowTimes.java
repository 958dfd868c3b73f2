package dev.mer4j.eval.attribution;

import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentRows;

/** The times of the rows [n] of one modality of a segment, from which its steps are made. */
record RowTimes(RawSegment segment, SegmentRows rows) {
  /** Returns the times of the steps [T] that remain of the rows. */
  StepTimes of(int steps, Truncation truncation) {
    double[] starts = new double[steps];
    double[] ends = new double[steps];
    for (int t = 0; t < steps; t++) {
      int first = first(t, steps, truncation);
      int last = first(t + 1, steps, truncation) - 1;
      starts[t] = share(rows.intervals()[2 * first]);
      ends[t] = Math.max(starts[t], share(end(last)));
    }
    return StepTimes.of(starts, ends);
  }

  /** Returns the first row of a step. */
  private int first(int step, int steps, Truncation truncation) {
    int count = rows.count();
    return switch (truncation) {
      case HEAD -> step;
      case TAIL -> count - steps + step;
      case POOL -> (int) ((long) step * count / steps);
    };
  }

  /**
   * Returns the end of a row; an instant lasts until the next row, the last one as the previous.
   */
  private double end(int row) {
    double start = rows.intervals()[2 * row];
    double end = rows.intervals()[2 * row + 1];
    if (end > start || rows.count() == 1) {
      return end;
    }
    return row + 1 < rows.count()
        ? rows.intervals()[2 * row + 2]
        : 2 * start - rows.intervals()[2 * row - 2];
  }

  /** Returns a time as a share of the segment's duration. */
  private double share(double seconds) {
    double share = (seconds - segment.start()) / (segment.end() - segment.start());
    return Math.max(0, Math.min(1, share));
  }
}
