package dev.mer4j.data.segment;

import dev.mer4j.MerException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Segments of files without labels, defined by the entries of a reference modality. An entry {@code
 * video[i]} is a segment; otherwise the whole video is the segment {@code video[0]}.
 *
 * <p>In a file whose entries are named {@code video[i]}, the entry of the same name belongs to the
 * segment. In other files, the rows within the interval of the reference entry do.
 */
final class EntrySegments {
  private final PerModality<FeatureFile> features;
  private final Modality reference;
  private final SampleUnit unit;

  EntrySegments(PerModality<FeatureFile> features, Modality reference, SampleUnit unit) {
    this.features = features;
    this.reference = reference;
    this.unit = unit;
  }

  /** Returns the videos of the reference modality, in the order of its file. */
  Set<String> videos() {
    return features.get(reference).videos();
  }

  /**
   * Returns the segments of a video.
   *
   * @throws MerException if the video does not exist
   */
  List<RawSegment> read(String video, FaultPolicy faults) {
    FeatureFile file = features.get(reference);
    if (!videos().contains(video)) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "no video '%s' in %s; the closest ids are %s",
              video,
              file.path(),
              Suggestions.to(video, videos())));
    }
    if (unit == SampleUnit.VIDEO || !file.inParts()) {
      return whole(video, faults);
    }
    PerModality<VideoRows> videos = videoRows(video, faults, false);
    List<RawSegment> segments = new ArrayList<>();
    for (SegmentId id : file.parts(video)) {
      CsdEntry entry = file.entry(id, faults);
      if (entry != null) {
        segments.add(segment(id, new Overlap(entry).all(), videos, faults));
      }
    }
    return segments;
  }

  private List<RawSegment> whole(String video, FaultPolicy faults) {
    PerModality<SegmentRows> rows = videoRows(video, faults, true).map(VideoRows::all);
    return rows.isEmpty() ? List.of() : List.of(unlabeled(new SegmentId(video, 0), rows));
  }

  /** Returns the rows of a video in all files, or only in those with one entry for each video. */
  private PerModality<VideoRows> videoRows(String video, FaultPolicy faults, boolean all) {
    PerModality.Builder<VideoRows> rows = PerModality.builder();
    features.forEach(
        (modality, file) -> {
          VideoRows own = all || !file.inParts() ? file.read(video, List.of(), faults) : null;
          if (own != null) {
            rows.put(modality, own);
          }
        });
    return rows.build();
  }

  private RawSegment segment(
      SegmentId id, SegmentRows own, PerModality<VideoRows> videos, FaultPolicy faults) {
    PerModality.Builder<SegmentRows> rows = PerModality.builder();
    features.forEach(
        (modality, file) -> {
          SegmentRows found = own;
          if (!modality.equals(reference)) {
            VideoRows video = videos.find(modality).orElse(null);
            found = video == null ? part(file, id, faults) : video.between(own.first(), own.last());
          }
          if (found != null && found.count() > 0) {
            rows.put(modality, found);
          }
        });
    return unlabeled(id, rows.build());
  }

  private static @Nullable SegmentRows part(FeatureFile file, SegmentId id, FaultPolicy faults) {
    CsdEntry entry = file.parts(id.video()).contains(id) ? file.entry(id, faults) : null;
    return entry == null ? null : new Overlap(entry).all();
  }

  private static RawSegment unlabeled(SegmentId id, PerModality<SegmentRows> rows) {
    double start = Double.POSITIVE_INFINITY;
    double end = Double.NEGATIVE_INFINITY;
    for (SegmentRows each : rows.values()) {
      start = Math.min(start, each.first());
      end = Math.max(end, each.last());
    }
    return new RawSegment(id, start, end, EmotionScores.UNLABELED, 0, rows);
  }
}
