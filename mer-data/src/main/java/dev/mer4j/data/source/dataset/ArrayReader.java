package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.segment.FaultPolicy;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.Suggestions;
import dev.mer4j.data.source.SourceReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the segments of an {@link ArraySource}. */
final class ArrayReader implements SourceReader {
  private final Path labels;
  private final BlockFiles files;
  private final SegmentIndex index;
  private final boolean trimZeroRows;
  private final EntryReader reader;

  ArrayReader(
      Path labels, BlockFiles files, SegmentIndex index, boolean trimZeroRows, FaultPolicy faults) {
    this.labels = labels;
    this.files = files;
    this.index = index;
    this.trimZeroRows = trimZeroRows;
    reader = new EntryReader(files.open(), trimZeroRows, faults);
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
    for (PerModality<SegmentFeatures> block : reader.open().blocks()) {
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
      if (index.of(video).stream().anyMatch(entry -> reader.has(entry, modality))) {
        videos.add(video);
      }
    }
    return videos;
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
    entries.forEach(entry -> segments.add(reader.read(entry)));
    reader.reportVideo(video, entries, segments);
    return segments;
  }

  @Override
  public RawSegment read(SegmentId id) {
    SegmentEntry entry = index.find(id);
    if (entry != null) {
      return reader.read(entry);
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
    reader.open().close();
  }
}
