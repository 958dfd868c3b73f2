package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.segment.SkippedItem;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of segments from open files.
 *
 * @param trimZeroRows whether rows of zeros at the start and the end of a segment are padding
 * @param faults handles rows that cannot be used
 */
record EntryReader(OpenBlocks open, boolean trimZeroRows, FaultPolicy faults) {
  /** Returns the features of the block of a segment. */
  PerModality<SegmentFeatures> features(SegmentEntry entry) {
    return open.blocks().get(entry.block());
  }

  /** Returns whether a segment has rows of a modality. */
  boolean has(SegmentEntry entry, Modality modality) {
    return features(entry).find(modality).filter(found -> found.has(entry.row())).isPresent();
  }

  /** Reads a segment. */
  RawSegment read(SegmentEntry entry) {
    PerModality.Builder<SegmentRows> rows = PerModality.builder();
    features(entry)
        .forEach(
            (modality, features) -> {
              SegmentRows own = read(entry, modality, features);
              if (own != null) {
                rows.put(modality, own);
              }
            });
    return new RawSegment(
        entry.id(),
        entry.interval().start(),
        entry.interval().end(),
        entry.label().scores(),
        entry.label().sanitized(),
        rows.build());
  }

  private @Nullable SegmentRows read(
      SegmentEntry entry, Modality modality, SegmentFeatures features) {
    try {
      reportRows(
          SkippedItem.Kind.PADDING_ROWS,
          modality,
          entry,
          "%d rows are padding",
          features.paddingRows(entry.row()));
      if (!features.has(entry.row())) {
        return null;
      }
      SegmentRows rows = features.read(entry.row());
      SegmentRows kept = trimZeroRows ? ZeroRows.trimmed(rows) : rows;
      reportRows(
          SkippedItem.Kind.ZERO_ROWS,
          modality,
          entry,
          "%d rows are zeros",
          rows.count() - kept.count());
      return kept.count() == 0 ? null : kept;
    } catch (FileException e) {
      faults.found(entry.id().toString(), e);
      return null;
    }
  }

  private void reportRows(
      SkippedItem.Kind kind, Modality modality, SegmentEntry entry, String problem, int rows) {
    if (rows > 0) {
      faults.skipped(
          new SkippedItem(
              kind,
              modality,
              entry.id().toString(),
              String.format(Locale.ROOT, problem, rows),
              rows));
    }
  }

  /** Reports rows that are in no segment although the video has some. */
  void reportVideo(String video, List<SegmentEntry> entries, List<RawSegment> segments) {
    List<Integer> rows = entries.stream().map(SegmentEntry::row).toList();
    features(entries.get(0))
        .forEach(
            (modality, own) -> {
              reportFailed(video, modality, own.failedRows(rows));
              reportOutside(video, modality, own.extent(rows.get(0)), segments);
            });
  }

  private void reportFailed(String video, Modality modality, int failed) {
    if (failed > 0) {
      faults.skipped(
          new SkippedItem(
              SkippedItem.Kind.FAILED_ROWS,
              modality,
              video,
              String.format(
                  Locale.ROOT,
                  "%,d rows of '%s' are dropped for their success or confidence",
                  failed,
                  video),
              failed));
    }
  }

  private void reportOutside(
      String video, Modality modality, @Nullable String extent, List<RawSegment> segments) {
    if (extent != null && segments.stream().noneMatch(s -> s.rows().has(modality))) {
      faults.skipped(
          new SkippedItem(
              SkippedItem.Kind.OUTSIDE_SEGMENTS,
              modality,
              video,
              String.format(
                  Locale.ROOT,
                  "the rows of '%s' are %s, its segments from %s to %s s",
                  video,
                  extent,
                  segments.stream().mapToDouble(RawSegment::start).min().orElse(Double.NaN),
                  segments.stream().mapToDouble(RawSegment::end).max().orElse(Double.NaN))));
    }
  }
}
