package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.CsdFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts videos into labelled segments, one video in memory at a time.
 *
 * <p>Row i of a video in the label file is segment {@code video[i]}, in the order of the file; rows
 * that last less than 1e-5 s are no segments. A modality belongs to a segment if at least one of
 * its rows overlaps the label's interval by more than 1e-5 s; otherwise it is absent, and the
 * segment stays. Not safe for use by several threads.
 */
public final class SegmentReader implements AutoCloseable {
  private final Unit unit;
  private final Faults faults;
  private final CsdFile labels;
  private final Map<Modality, CsdFile> features = new EnumMap<>(Modality.class);
  private final Map<Modality, Integer> widths = new EnumMap<>(Modality.class);

  private SegmentReader(CsdFile labels, Unit unit, Faults faults) {
    this.labels = labels;
    this.unit = unit;
    this.faults = faults;
  }

  /**
   * Opens all files, to raise an error at the first damaged entry.
   *
   * @throws FileException if one of them cannot be used
   */
  public static SegmentReader open(CsdFolder folder, Unit unit) {
    return open(folder, unit, Faults.STRICT);
  }

  /**
   * Opens all files.
   *
   * @param faults what to do about a damaged entry: if it returns, a modality's is taken as absent,
   *     and a video whose labels are damaged has no segments
   * @throws FileException if one of them cannot be used
   */
  public static SegmentReader open(CsdFolder folder, Unit unit, Faults faults) {
    SegmentReader reader = new SegmentReader(CsdFile.open(folder.labels()), unit, faults);
    try {
      folder.features().forEach(reader::add);
      return reader;
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private void add(Modality modality, Path path) {
    CsdFile file = CsdFile.open(path);
    features.put(modality, file);
    widths.put(modality, file.typical().width());
  }

  /** D of each modality. */
  public Map<Modality, Integer> widths() {
    return Collections.unmodifiableMap(widths);
  }

  /** The ids of the labelled videos, in the order of the label file. */
  public Set<String> videos() {
    return labels.videos();
  }

  /**
   * Returns the segments of a video, in the order of the label file.
   *
   * @throws MerException if the video has no labels, or an entry is damaged and the faults' policy
   *     raises that
   */
  public List<RawSegment> read(String video) {
    checkLabelled(video);
    try {
      return cut(labels(video));
    } catch (FileException e) {
      faults.found(video, e);
      return List.of();
    }
  }

  /**
   * Returns one segment.
   *
   * @throws MerException if there is no such segment; the message says which there are
   */
  public RawSegment read(SegmentId id) {
    checkLabelled(id.video());
    CsdEntry entry = labels(id.video());
    return cut(entry).stream()
        .filter(segment -> segment.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new MerException(
                    "no segment %s: video '%s' has %d label rows, from [0], of which those shorter"
                            .formatted(id, id.video(), entry.count())
                        + " than 1e-5 s are no segments"
                        + (unit == Unit.VIDEO ? "; as a whole it is [0]" : "")));
  }

  /**
   * Says that nobody looks at the segments read so far any more: the next ones may be written over
   * them, which is faster than to make room for them.
   */
  public void release() {
    features.values().forEach(CsdFile::release);
  }

  private List<RawSegment> cut(CsdEntry entry) {
    Map<Modality, Overlap> overlaps = new EnumMap<>(Modality.class);
    for (Map.Entry<Modality, CsdFile> file : features.entrySet()) {
      if (file.getValue().videos().contains(entry.video())) {
        try {
          CsdEntry rows = read(file.getValue(), entry.video());
          checkWidth(file.getKey(), file.getValue(), rows);
          overlaps.put(file.getKey(), new Overlap(rows));
        } catch (FileException e) {
          faults.found(entry.video(), e);
        }
      }
    }
    return unit == Unit.VIDEO ? whole(entry, overlaps) : segments(entry, overlaps);
  }

  private static List<RawSegment> segments(CsdEntry entry, Map<Modality, Overlap> overlaps) {
    List<RawSegment> segments = new ArrayList<>();
    for (int i = 0; i < entry.count(); i++) {
      double start = entry.start(i);
      double end = entry.end(i);
      if (!Overlap.negligible(start, end)) {
        Map<Modality, SegmentRows> rows = new EnumMap<>(Modality.class);
        overlaps.forEach(
            (modality, overlap) -> {
              SegmentRows within = overlap.within(start, end);
              if (within.count() > 0) {
                rows.put(modality, within);
              }
            });
        LabelRow label = LabelRow.of(entry.rows(), i);
        SegmentId id = new SegmentId(entry.video(), i);
        segments.add(new RawSegment(id, start, end, label.scores(), label.mended(), rows));
      }
    }
    return segments;
  }

  /** The extent is that of the labels and of all rows together. */
  private static List<RawSegment> whole(CsdEntry entry, Map<Modality, Overlap> overlaps) {
    double start = Double.POSITIVE_INFINITY;
    double end = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < entry.count(); i++) {
      start = Math.min(start, entry.start(i));
      end = Math.max(end, entry.end(i));
    }
    Map<Modality, SegmentRows> rows = new EnumMap<>(Modality.class);
    for (Map.Entry<Modality, Overlap> overlap : overlaps.entrySet()) {
      SegmentRows all = overlap.getValue().all();
      start = Math.min(start, all.first());
      end = Math.max(end, all.last());
      rows.put(overlap.getKey(), all);
    }
    LabelRow label = LabelRow.of(entry.rows(), 0);
    SegmentId id = new SegmentId(entry.video(), 0);
    return List.of(new RawSegment(id, start, end, label.scores(), label.mended(), rows));
  }

  private void checkLabelled(String video) {
    if (!labels.videos().contains(video)) {
      throw new MerException(
          "no video '%s' in %s, which labels %d videos; the closest ids are %s"
              .formatted(
                  video, labels.path(), videos().size(), ClosestIds.to(video, labels.videos())));
    }
  }

  private CsdEntry labels(String video) {
    CsdEntry entry = read(labels, video);
    int width = entry.rows().width();
    if (width != Emotion.COUNT && width != Emotion.COUNT + 1) {
      throw new FileException(
          labels.path(),
          "entry '%s' has %d columns; labels have 7 (sentiment and six emotions) or 6"
              .formatted(video, width));
    }
    return entry;
  }

  private static CsdEntry read(CsdFile file, String video) {
    CsdEntry entry = file.read(video);
    if (entry.count() == 0) {
      throw new FileException(file.path(), "entry '" + video + "' has no rows");
    }
    return entry;
  }

  private void checkWidth(Modality modality, CsdFile file, CsdEntry entry) {
    int width = widths.getOrDefault(modality, 0);
    if (entry.rows().width() != width) {
      throw new FileException(
          file.path(),
          "entry '%s' is %d wide, the others are %d"
              .formatted(entry.video(), entry.rows().width(), width));
    }
  }

  @Override
  public void close() {
    labels.close();
    features.values().forEach(CsdFile::close);
  }
}
