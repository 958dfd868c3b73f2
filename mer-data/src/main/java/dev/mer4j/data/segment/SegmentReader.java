package dev.mer4j.data.segment;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits videos into labeled segments, one video in memory at a time.
 *
 * <p>Row i of a video in the label file is segment {@code video[i]}, in the order of the file; if
 * each row is a separate entry named {@code video[i]}, that entry is the segment. Rows that are
 * shorter than 1e-5 s or have a non-finite label are not segments. A modality belongs to a segment
 * if at least one of its rows overlaps the label's interval by more than 1e-5 s, or is an instant
 * in it; otherwise the modality is absent, and the segment is kept. The width of a modality is the
 * width of most of its entries. Without a file of labels, the segments are the entries of the first
 * modality. Not thread-safe.
 */
public final class SegmentReader implements AutoCloseable {
  private final CsdFolder folder;
  private final SampleUnit unit;
  private final FaultPolicy faults;
  private final @Nullable LabelFile labels;
  private PerModality<FeatureFile> features = PerModality.of();

  private SegmentReader(
      CsdFolder folder,
      SampleUnit unit,
      FaultPolicy faults,
      PerModality<Integer> widths,
      FeatureFile.Values values) {
    this.folder = folder;
    this.unit = unit;
    this.faults = faults;
    labels = folder.isLabeled() ? new LabelFile(folder.labels()) : null;
    try {
      for (Modality modality : folder.features().modalities()) {
        Path file = folder.features().get(modality);
        features =
            features.with(
                modality, new FeatureFile(file, widths.find(modality).orElse(null), values));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens all files. The first damaged entry raises an error.
   *
   * @throws FileException if one of them cannot be used
   */
  public static SegmentReader open(CsdFolder folder, SampleUnit unit) {
    return open(folder, unit, FaultPolicy.STRICT);
  }

  /**
   * Opens all files.
   *
   * @param faults handles damaged entries; if it returns, the modality is treated as absent, and a
   *     video with damaged labels has no segments
   * @throws FileException if one of them cannot be used
   */
  public static SegmentReader open(CsdFolder folder, SampleUnit unit, FaultPolicy faults) {
    return new SegmentReader(folder, unit, faults, PerModality.of(), FeatureFile.Values.READ);
  }

  /** Opens the same files again, for another thread. */
  public SegmentReader reopen(FaultPolicy faults) {
    return new SegmentReader(folder, unit, faults, widths(), FeatureFile.Values.READ);
  }

  /** Opens the same files again, to read segments whose rows are {@link Rows.Unread}. */
  public SegmentReader reopenWithoutValues(FaultPolicy faults) {
    return new SegmentReader(folder, unit, faults, widths(), FeatureFile.Values.UNREAD);
  }

  /** Returns D of each modality. */
  public PerModality<Integer> widths() {
    return features.map(FeatureFile::width);
  }

  /** Returns the ids of the labeled videos, in the order of the label file. */
  public Set<String> videos() {
    return labels == null ? unlabeled().videos() : labels.videos();
  }

  /** Returns the reader of segments without labels. */
  private EntrySegments unlabeled() {
    Modality reference =
        folder.features().modalities().stream()
            .filter(modality -> folder.features().get(modality).equals(folder.labels()))
            .findFirst()
            .orElseThrow();
    return new EntrySegments(features, reference, unit);
  }

  /** Returns the ids of the videos that have entries of a modality, in the order of its file. */
  public Set<String> videos(Modality modality) {
    return features.find(modality).map(FeatureFile::videos).orElse(Set.of());
  }

  /**
   * Returns the segments of a video, in the order of the label file.
   *
   * @throws MerException if the video has no labels, or an entry is damaged and the fault policy
   *     throws
   */
  public List<RawSegment> read(String video) {
    if (labels == null) {
      return unlabeled().read(video, faults);
    }
    List<LabelInterval> rows = labels.rows(video, faults);
    List<LabelInterval> usable = new ArrayList<>();
    rows.forEach(row -> addIfUsable(labels.path(), row, usable));
    return usable.isEmpty() ? List.of() : split(video, rows, usable);
  }

  private void addIfUsable(Path file, LabelInterval row, List<LabelInterval> usable) {
    if (row.reversed()) {
      faults.found(row.id().toString(), row.fault(file));
      return;
    }
    SkippedItem skipped = row.skipped();
    if (skipped == null) {
      usable.add(row);
    } else {
      faults.skipped(skipped);
    }
  }

  /**
   * Returns one segment.
   *
   * @throws MerException if the segment does not exist; the message states the reason or the
   *     existing segments
   */
  public RawSegment read(SegmentId id) {
    if (labels == null) {
      List<RawSegment> segments = read(id.video());
      return segments.stream()
          .filter(segment -> segment.id().equals(id))
          .findFirst()
          .orElseThrow(
              () ->
                  new MerException(
                      String.format(
                          Locale.ROOT,
                          "no segment %s: video '%s' has %d segments",
                          id,
                          id.video(),
                          segments.size())));
    }
    List<LabelInterval> rows = labels.rows(id.video(), faults);
    if (unit == SampleUnit.VIDEO) {
      return read(id.video()).stream()
          .filter(segment -> segment.id().equals(id))
          .findFirst()
          .orElseThrow(
              () ->
                  new MerException(
                      "no segment " + id + ": the whole video is segment " + id.video() + "[0]"));
    }
    LabelInterval row =
        rows.stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(() -> noSegment(id, rows));
    String reason = row.skipReason();
    if (reason != null) {
      throw new MerException("no segment " + id + ": " + reason);
    }
    return split(id.video(), rows, List.of(row)).get(0);
  }

  private static MerException noSegment(SegmentId id, List<LabelInterval> rows) {
    return new MerException(
        String.format(
            Locale.ROOT,
            "no segment %s: video '%s' has %d label rows%s",
            id,
            id.video(),
            rows.size(),
            rows.isEmpty()
                ? ""
                : ", from " + rows.get(0).id() + " to " + rows.get(rows.size() - 1).id()));
  }

  /**
   * Releases the segments read so far: the caller must not use them any more. The next read may
   * overwrite them, which avoids an allocation.
   */
  public void release() {
    features.values().forEach(FeatureFile::release);
  }

  private List<RawSegment> split(
      String video, List<LabelInterval> labelRows, List<LabelInterval> usable) {
    PerModality<VideoRows> rows = rows(video, labelRows);
    if (unit == SampleUnit.VIDEO) {
      return List.of(whole(video, labelRows, usable, rows));
    }
    List<RawSegment> segments = usable.stream().map(label -> segment(label, rows)).toList();
    rows.forEach((modality, own) -> reportIfOutside(modality, video, own, segments));
    return segments;
  }

  private PerModality<VideoRows> rows(String video, List<LabelInterval> labelRows) {
    PerModality.Builder<VideoRows> rows = PerModality.builder();
    features.forEach(
        (modality, file) -> {
          VideoRows own = file.read(video, labelRows, faults);
          if (own != null) {
            rows.put(modality, own);
          }
        });
    return rows.build();
  }

  private static RawSegment segment(LabelInterval label, PerModality<VideoRows> video) {
    PerModality.Builder<SegmentRows> rows = PerModality.builder();
    video.forEach(
        (modality, own) -> {
          SegmentRows within = own.within(label);
          if (within.count() > 0) {
            rows.put(modality, within);
          }
        });
    return label.segment(label.id(), label.start(), label.end(), rows.build());
  }

  private void reportIfOutside(
      Modality modality, String video, VideoRows rows, List<RawSegment> segments) {
    if (segments.stream().noneMatch(segment -> segment.rows().has(modality))) {
      SegmentRows all = rows.all();
      faults.skipped(
          new SkippedItem(
              SkippedItem.Kind.OUTSIDE_SEGMENTS,
              modality,
              video,
              String.format(
                  Locale.ROOT,
                  "the rows of '%s' span %s to %s s, its segments span %s to %s s",
                  video,
                  all.first(),
                  all.last(),
                  segments.stream().mapToDouble(RawSegment::start).min().orElse(Double.NaN),
                  segments.stream().mapToDouble(RawSegment::end).max().orElse(Double.NaN))));
    }
  }

  /**
   * Returns the whole video as one segment with the mean of the usable labels; it extends over all
   * labels and rows.
   */
  private static RawSegment whole(
      String video,
      List<LabelInterval> labelRows,
      List<LabelInterval> usable,
      PerModality<VideoRows> features) {
    double start = labelRows.stream().mapToDouble(LabelInterval::start).min().orElseThrow();
    double end = labelRows.stream().mapToDouble(LabelInterval::end).max().orElseThrow();
    PerModality<SegmentRows> rows = features.map(VideoRows::all);
    for (SegmentRows all : rows.values()) {
      start = Math.min(start, all.first());
      end = Math.max(end, all.last());
    }
    LabelRow label = LabelRow.mean(usable.stream().map(LabelInterval::label).toList());
    return new RawSegment(
        new SegmentId(video, 0), start, end, label.scores(), label.sanitized(), rows);
  }

  @Override
  public void close() {
    if (labels != null) {
      labels.close();
    }
    features.values().forEach(FeatureFile::close);
  }
}
