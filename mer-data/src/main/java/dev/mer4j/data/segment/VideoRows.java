package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one modality of one video, stored in one or several entries.
 *
 * <p>If each entry named {@code video[index]} lies within the label interval of its index, as after
 * the SDK's {@code align} to the labels, each entry belongs to one segment. Otherwise, as after its
 * {@code align} to words, the rows of all entries are joined, as the SDK does.
 */
final class VideoRows {
  private static final double EPSILON = 1e-5;

  private final List<Part> parts;
  private final Map<SegmentId, Overlap> own = new HashMap<>();
  private @Nullable Overlap all;

  private VideoRows(List<Part> parts) {
    this.parts = parts;
  }

  /** One of several entries of a video. */
  record Part(SegmentId id, CsdEntry entry) {
    double start() {
      double start = Double.POSITIVE_INFINITY;
      for (int row = 0; row < entry.count(); row++) {
        start = Math.min(start, entry.start(row));
      }
      return start;
    }

    double end() {
      double end = Double.NEGATIVE_INFINITY;
      for (int row = 0; row < entry.count(); row++) {
        end = Math.max(end, entry.end(row));
      }
      return end;
    }

    boolean within(@Nullable LabelInterval label) {
      return label != null && start() >= label.start() - EPSILON && end() <= label.end() + EPSILON;
    }
  }

  static VideoRows of(CsdEntry entry) {
    VideoRows rows = new VideoRows(List.of());
    rows.all = new Overlap(entry);
    return rows;
  }

  /**
   * Joins the entries of a video.
   *
   * @throws FileException if the entries neither belong to one segment each nor follow each other
   *     in time
   */
  static VideoRows of(Path file, List<Part> parts, List<LabelInterval> labels) {
    Map<SegmentId, LabelInterval> intervals = new HashMap<>();
    labels.forEach(label -> intervals.put(label.id(), label));
    VideoRows rows = new VideoRows(parts);
    if (parts.stream().allMatch(part -> part.within(intervals.get(part.id())))) {
      parts.forEach(part -> rows.own.put(part.id(), new Overlap(part.entry())));
    } else {
      checkSuccessive(file, parts);
    }
    return rows;
  }

  private static void checkSuccessive(Path file, List<Part> parts) {
    List<Part> byTime = new ArrayList<>(parts);
    byTime.sort(Comparator.comparingDouble(Part::start));
    for (int i = 1; i < byTime.size(); i++) {
      if (byTime.get(i).start() < byTime.get(i - 1).end() - EPSILON) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "entries '%s' and '%s' overlap in time, and some entries of the video are outside the"
                    + " label intervals of their indices; times must be seconds into the video",
                byTime.get(i - 1).id(),
                byTime.get(i).id()));
      }
    }
  }

  private static CsdEntry joined(List<Part> parts) {
    if (parts.size() == 1) {
      return parts.get(0).entry();
    }
    int width = parts.get(0).entry().rows().width();
    int count = parts.stream().mapToInt(part -> part.entry().count()).sum();
    double[] intervals = new double[2 * count];
    int to = 0;
    for (Part part : parts) {
      CsdEntry entry = part.entry();
      System.arraycopy(entry.intervals(), 0, intervals, 2 * to, 2 * entry.count());
      to += entry.count();
    }
    boolean unread = parts.stream().anyMatch(part -> part.entry().rows() instanceof Rows.Unread);
    return new CsdEntry(
        parts.get(0).id().video(),
        intervals,
        unread ? new Rows.Unread(count, width) : values(parts, count, width));
  }

  private static Rows values(List<Part> parts, int count, int width) {
    double[] values = new double[count * width];
    int to = 0;
    for (Part part : parts) {
      CsdEntry entry = part.entry();
      for (int row = 0; row < entry.count(); row++, to++) {
        for (int column = 0; column < width; column++) {
          values[to * width + column] = entry.rows().at(row, column);
        }
      }
    }
    return new Rows.Doubles(width, values);
  }

  private Overlap joined() {
    if (all == null) {
      all = new Overlap(joined(parts));
    }
    return all;
  }

  /** Returns the rows of a segment, possibly none. */
  SegmentRows within(LabelInterval segment) {
    Overlap overlap = own.isEmpty() ? joined() : own.get(segment.id());
    return overlap == null
        ? new SegmentRows(parts.get(0).entry().rows(), new int[0])
        : overlap.within(segment.start(), segment.end());
  }

  /** Returns the rows of an interval, possibly none. */
  SegmentRows between(double start, double end) {
    return joined().within(start, end);
  }

  /** Returns all rows. */
  SegmentRows all() {
    return joined().all();
  }
}
