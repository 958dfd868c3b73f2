package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.segment.Overlap;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.source.FileSummary;
import dev.mer4j.data.source.table.TimedTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows selected from one table of times for each video, by the rule of {@link Overlap}. The table
 * of one video is in memory.
 */
final class TimedFeatures implements SegmentFeatures {
  private final Path folder;
  private final Map<String, Path> files;
  private final List<SegmentEntry> entries;
  private final double minConfidence;
  private final int width;
  private @Nullable Video current;

  /** One video. */
  private record Video(String name, TimedTable table, Overlap overlap) {}

  /**
   * Reads the first table that can be read.
   *
   * @param files by the video's name
   * @param entries in the order of their rows, with intervals
   * @param minConfidence drops rows with less in the column {@code confidence}
   */
  TimedFeatures(
      Path folder, Map<String, Path> files, List<SegmentEntry> entries, double minConfidence) {
    this.folder = folder;
    this.files = files;
    this.entries = entries;
    this.minConfidence = minConfidence;
    width = firstWidth();
  }

  private int firstWidth() {
    @Nullable FileException fault = null;
    for (int i = 0; i < entries.size(); i++) {
      try {
        if (has(i)) {
          return video(i).table().rows().rows().width();
        }
      } catch (FileException e) {
        fault = fault == null ? e : fault;
      }
    }
    throw fault != null
        ? fault
        : new FileException(
            folder,
            String.format(
                Locale.ROOT,
                "has no table by the name of a video, the first of which is '%s'; it has %s",
                entries.get(0).id().video(),
                files.keySet().stream().limit(5).toList()));
  }

  private Video video(int segment) {
    String name = entries.get(segment).id().video();
    Video found = current;
    if (found == null || !found.name().equals(name)) {
      TimedTable table = TimedTable.read(files.getOrDefault(name, folder), name, minConfidence);
      found = new Video(name, table, new Overlap(table.rows()));
      current = found;
    }
    return found;
  }

  @Override
  public Path file() {
    return folder;
  }

  @Override
  public String key() {
    return "";
  }

  @Override
  public int count() {
    return entries.size();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public boolean has(int segment) {
    return files.containsKey(entries.get(segment).id().video());
  }

  @Override
  public int steps(int segment) {
    return has(segment) ? read(segment).count() : 0;
  }

  @Override
  public SegmentRows read(int segment) {
    Video video = video(segment);
    int found = video.table().rows().rows().width();
    if (found != width) {
      throw new FileException(
          files.getOrDefault(video.name(), folder),
          String.format(Locale.ROOT, "is %d wide, the first table is %d", found, width));
    }
    SegmentEntry.Interval interval = entries.get(segment).interval();
    return video.overlap().within(interval.start(), interval.end());
  }

  @Override
  public int failedRows(List<Integer> segments) {
    int segment = segments.get(0);
    return readable(segment) ? video(segment).table().failed() : 0;
  }

  @Override
  public @Nullable String extent(int segment) {
    if (!readable(segment) || video(segment).table().rows().count() == 0) {
      return null;
    }
    SegmentRows all = video(segment).overlap().all();
    return String.format(Locale.ROOT, "from %s to %s s", all.first(), all.last());
  }

  private boolean readable(int segment) {
    try {
      return has(segment) && video(segment).table() != null;
    } catch (FileException e) {
      return false;
    }
  }

  @Override
  public FileSummary.Numbers numbers() {
    return new FileSummary.Numbers("text", "tables", width);
  }
}
