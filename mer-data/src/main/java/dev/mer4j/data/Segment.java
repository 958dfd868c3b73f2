package dev.mer4j.data;

import java.util.Map;

/**
 * One labeled section of a video with the features of its available modalities.
 *
 * @param group see {@link SegmentInfo#group}
 * @param start seconds into the video; may be negative in the released data
 * @param end seconds into the video
 * @param features of the available modalities; an absent modality has no entry, never zeros
 */
public record Segment(
    SegmentId id,
    String group,
    double start,
    double end,
    EmotionScores scores,
    PerModality<Features> features) {
  public Segment {
    features = features.sorted();
  }

  /** Makes a segment whose group is its video. */
  public Segment(
      SegmentId id,
      double start,
      double end,
      EmotionScores scores,
      PerModality<Features> features) {
    this(id, id.video(), start, end, scores, features);
  }

  /** Creates a segment with the features of a map. */
  public Segment(
      SegmentId id,
      double start,
      double end,
      EmotionScores scores,
      Map<Modality, Features> features) {
    this(id, start, end, scores, PerModality.of(features));
  }

  /** Returns the metadata of this segment, without its features. */
  public SegmentInfo info() {
    return new SegmentInfo(id, group, start, end, scores, features.map(Features::steps));
  }
}
