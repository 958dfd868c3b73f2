package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.Rows;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the label file.
 *
 * @param start seconds into the video
 * @param end seconds into the video
 * @param rows of its entry
 * @param row among them
 */
record LabelInterval(SegmentId id, double start, double end, Rows rows, int row) {
  /** Whether the interval ends before it starts. */
  boolean reversed() {
    return end < start && !Overlap.negligible(start, end);
  }

  /** Returns the fault of a reversed interval. */
  FileException fault(Path file) {
    return new FileException(file, problem());
  }

  private String problem() {
    return String.format(
        Locale.ROOT, "label row '%s' ends at %s s, before it starts at %s s", id, end, start);
  }

  /** Returns why the row is no segment although it can be read; null if it is one. */
  @Nullable SkippedItem skipped() {
    if (Overlap.negligible(start, end)) {
      return new SkippedItem(
          SkippedItem.Kind.EMPTY_INTERVAL,
          null,
          id.toString(),
          String.format(Locale.ROOT, "label row '%s' lasts less than 1e-5 s, at %s s", id, start));
    }
    if (!LabelRow.labelled(rows, row)) {
      return new SkippedItem(
          SkippedItem.Kind.NO_LABEL,
          null,
          id.toString(),
          String.format(Locale.ROOT, "label row '%s' holds NaN or an infinite value", id));
    }
    return null;
  }

  /** Returns the segment with these labels. */
  RawSegment segment(SegmentId name, double from, double to, PerModality<SegmentRows> features) {
    LabelRow label = LabelRow.of(rows, row);
    return new RawSegment(name, from, to, label.scores(), label.sanitized(), features);
  }

  /** Returns why the row is no segment; null if it is one. */
  @Nullable String skipReason() {
    SkippedItem left = reversed() ? null : skipped();
    return reversed() ? problem() : left == null ? null : left.problem();
  }
}
