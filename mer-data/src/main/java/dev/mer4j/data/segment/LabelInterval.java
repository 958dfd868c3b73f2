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
 * @param rows the rows of its entry
 * @param row the index into {@code rows}
 */
record LabelInterval(SegmentId id, double start, double end, Rows rows, int row) {
  /** Returns whether the interval ends before it starts. */
  boolean reversed() {
    return end < start && !Overlap.negligible(start, end);
  }

  /** Returns the fault of a reversed interval. */
  FileException fault(Path file) {
    return new FileException(file, problem());
  }

  private String problem() {
    return String.format(
        Locale.ROOT, "label row '%s' ends at %s s, before its start at %s s", id, end, start);
  }

  /** Returns why a readable row is not a segment; null if it is a segment. */
  @Nullable SkippedItem skipped() {
    if (Overlap.negligible(start, end)) {
      return new SkippedItem(
          SkippedItem.Kind.EMPTY_INTERVAL,
          null,
          id.toString(),
          String.format(Locale.ROOT, "label row '%s' at %s s is shorter than 1e-5 s", id, start));
    }
    if (!LabelRow.isLabeled(rows, row)) {
      return new SkippedItem(
          SkippedItem.Kind.NO_LABEL,
          null,
          id.toString(),
          String.format(Locale.ROOT, "label row '%s' contains NaN or an infinite value", id));
    }
    return null;
  }

  LabelRow label() {
    return LabelRow.of(rows, row);
  }

  /** Returns the segment with these labels. */
  RawSegment segment(SegmentId name, double from, double to, PerModality<SegmentRows> features) {
    LabelRow label = label();
    return new RawSegment(name, from, to, label.scores(), label.sanitized(), features);
  }

  /** Returns why the row is not a segment; null if it is a segment. */
  @Nullable String skipReason() {
    SkippedItem item = reversed() ? null : skipped();
    return reversed() ? problem() : item == null ? null : item.problem();
  }
}
