package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.segment.SkippedItem;
import dev.mer4j.data.segment.Suggestions;
import dev.mer4j.data.source.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the segments of an {@link ArraySource}. */
final class ArrayReader implements SourceReader {
  private final Path labels;
  private final BlockFiles files;
  private final SegmentIndex index;
  private final boolean trimZeroRows;
  private final FaultPolicy faults;
  private final OpenBlocks open;

  ArrayReader(
      Path labels, BlockFiles files, SegmentIndex index, boolean trimZeroRows, FaultPolicy faults) {
    this.labels = labels;
    this.files = files;
    this.index = index;
    this.trimZeroRows = trimZeroRows;
    this.faults = faults;
    open = files.open();
  }

  @Override
  public SourceReader reopen(FaultPolicy other) {
    return new ArrayReader(labels, files, index, trimZeroRows, other);
  }

  @Override
  public PerModality<Integer> widths() {
    return PerModality.of(files.features().modalities(), this::width);
  }

  private int width(Modality modality) {
    for (PerModality<SegmentFeatures> block : open.blocks()) {
      int width = block.find(modality).map(SegmentFeatures::width).orElse(0);
      if (width > 0) {
        return width;
      }
    }
    throw new FileException(
        files.features().get(modality), "has no " + modality.key() + " rows of any segment");
  }

  @Override
  public Set<String> videos() {
    return index.videos();
  }

  @Override
  public Set<String> videos(Modality modality) {
    Set<String> videos = new LinkedHashSet<>();
    for (String video : index.videos()) {
      if (index.of(video).stream().anyMatch(entry -> has(entry, modality))) {
        videos.add(video);
      }
    }
    return videos;
  }

  private boolean has(SegmentEntry entry, Modality modality) {
    return features(entry).find(modality).filter(found -> found.has(entry.row())).isPresent();
  }

  private PerModality<SegmentFeatures> features(SegmentEntry entry) {
    return open.blocks().get(entry.block());
  }

  @Override
  public List<RawSegment> read(String video) {
    List<SegmentEntry> entries = index.of(video);
    if (entries.isEmpty()) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "no video '%s' in %s, which has %d videos; the closest ids are %s",
              video,
              labels,
              index.videos().size(),
              Suggestions.to(video, index.videos())));
    }
    List<RawSegment> segments = new ArrayList<>();
    entries.forEach(entry -> segments.add(read(entry)));
    features(entries.get(0))
        .forEach((modality, own) -> reportVideo(video, modality, own, segments));
    return segments;
  }

  /** Reports rows that are in no segment although the video has some. */
  private void reportVideo(
      String video, Modality modality, SegmentFeatures features, List<RawSegment> segments) {
    List<Integer> rows = index.of(video).stream().map(SegmentEntry::row).toList();
    int failed = features.failedRows(rows);
    if (failed > 0) {
      faults.skipped(
          new SkippedItem(
              SkippedItem.Kind.FAILED_ROWS,
              modality,
              video,
              String.format(Locale.ROOT, "%,d rows of '%s' are marked as failed", failed, video),
              failed));
    }
    String outside = features.extent(rows.get(0));
    if (outside != null && segments.stream().noneMatch(s -> s.rows().has(modality))) {
      faults.skipped(
          new SkippedItem(
              SkippedItem.Kind.OUTSIDE_SEGMENTS,
              modality,
              video,
              String.format(
                  Locale.ROOT,
                  "the rows of '%s' are %s, its segments from %s to %s s",
                  video,
                  outside,
                  segments.stream().mapToDouble(RawSegment::start).min().orElse(Double.NaN),
                  segments.stream().mapToDouble(RawSegment::end).max().orElse(Double.NaN))));
    }
  }

  @Override
  public RawSegment read(SegmentId id) {
    SegmentEntry entry = index.find(id);
    if (entry != null) {
      return read(entry);
    }
    List<SegmentEntry> others = index.of(id.video());
    if (others.isEmpty()) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "no segment %s in %s; the closest videos are %s",
              id,
              labels,
              Suggestions.to(id.video(), index.videos())));
    }
    throw new MerException(
        String.format(
            Locale.ROOT,
            "no segment %s: video '%s' has %d segments, from %s to %s",
            id,
            id.video(),
            others.size(),
            others.get(0).id(),
            others.get(others.size() - 1).id()));
  }

  private RawSegment read(SegmentEntry entry) {
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
      if (!features.has(entry.row())) {
        return null;
      }
      SegmentRows rows = features.read(entry.row());
      SegmentRows kept = trimZeroRows ? trimmed(rows) : rows;
      report(entry, modality, rows.count() - kept.count(), rows.count());
      return kept.count() == 0 ? null : kept;
    } catch (FileException e) {
      faults.found(entry.id().toString(), e);
      return null;
    }
  }

  /** Returns the rows without those of zeros at the start and the end. */
  private static SegmentRows trimmed(SegmentRows rows) {
    int from = 0;
    int to = rows.count();
    while (from < to && isZero(rows, from)) {
      from++;
    }
    while (from < to && isZero(rows, to - 1)) {
      to--;
    }
    int[] order = Arrays.copyOfRange(rows.order(), from, to);
    return new SegmentRows(rows.source(), order, rows.first(), rows.last());
  }

  private void report(SegmentEntry entry, Modality modality, int removed, int all) {
    if (removed > 0) {
      faults.skipped(
          new SkippedItem(
              SkippedItem.Kind.ZERO_ROWS,
              modality,
              entry.id().toString(),
              String.format(Locale.ROOT, "%d of %d rows are zeros", removed, all),
              removed));
    }
  }

  private static boolean isZero(SegmentRows rows, int row) {
    for (int column = 0; column < rows.width(); column++) {
      if (rows.at(row, column) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String group(SegmentId id) {
    SegmentEntry entry = index.find(id);
    return entry == null ? id.video() : entry.group();
  }

  @Override
  public void release() {
    // Every segment has memory of its own.
  }

  @Override
  public void close() {
    open.close();
  }
}
