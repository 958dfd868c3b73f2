package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.TypicalEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one modality of all videos. */
final class FeatureFile implements AutoCloseable {
  private final CsdFile file;
  private final VideoEntries entries;
  private final int width;
  private final Values values;

  /** Whether the values of rows are read. */
  enum Values {
    READ,
    UNREAD
  }

  /**
   * Opens a file.
   *
   * @param width D of most entries; null to determine it from the file
   */
  FeatureFile(Path path, @Nullable Integer width, Values values) {
    this.values = values;
    file = CsdFile.open(path);
    try {
      entries = new VideoEntries(file.videos());
      this.width = width == null ? TypicalEntry.of(file).width() : width;
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  Path path() {
    return file.path();
  }

  /** Returns D. */
  int width() {
    return width;
  }

  Set<String> videos() {
    return entries.videos();
  }

  /** Returns whether the entries are named {@code video[index]}. */
  boolean inParts() {
    return entries.inParts();
  }

  /** Returns the entries {@code video[index]} of a video in index order. */
  List<SegmentId> parts(String video) {
    return entries.parts(video);
  }

  /** Returns an entry {@code video[index]}; null if it cannot be used. */
  @Nullable CsdEntry entry(SegmentId part, FaultPolicy faults) {
    return readOrReport(part.toString(), faults);
  }

  /**
   * Returns the rows of a video; null if no usable rows exist.
   *
   * @param labels the video's label rows
   * @param faults handles entries that cannot be used
   */
  @Nullable VideoRows read(String video, List<LabelInterval> labels, FaultPolicy faults) {
    if (!videos().contains(video)) {
      return null;
    }
    if (!entries.inParts()) {
      CsdEntry entry = readOrReport(video, faults);
      return entry == null ? null : VideoRows.of(entry);
    }
    List<VideoRows.Part> parts = new ArrayList<>();
    for (SegmentId id : entries.parts(video)) {
      CsdEntry entry = readOrReport(id.toString(), faults);
      if (entry != null) {
        parts.add(new VideoRows.Part(id, entry));
      }
    }
    try {
      return parts.isEmpty() ? null : VideoRows.of(file.path(), parts, labels);
    } catch (FileException e) {
      faults.found(video, e);
      return null;
    }
  }

  private @Nullable CsdEntry readOrReport(String name, FaultPolicy faults) {
    try {
      CsdEntry entry = values == Values.READ ? file.read(name) : file.readIntervals(name);
      if (entry.count() == 0) {
        throw new FileException(path(), "entry '" + name + "' has no rows");
      }
      if (entry.rows().width() != width) {
        throw new FileException(
            path(),
            String.format(
                Locale.ROOT,
                "entry '%s' has width %d, most other entries have width %d",
                name,
                entry.rows().width(),
                width));
      }
      return entry;
    } catch (FileException e) {
      faults.found(name, e);
      return null;
    }
  }

  void release() {
    file.release();
  }

  @Override
  public void close() {
    file.close();
  }
}
