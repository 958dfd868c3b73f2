package dev.mer4j.data;

import java.util.Map;

/**
 * One labelled stretch of video with the features of the modalities that it has.
 *
 * @param start seconds into the video; may be negative in the released data
 * @param end seconds into the video
 * @param features a modality that is absent has no features, never zeros
 */
public record Segment(
    SegmentId id, double start, double end, EmotionScores scores, PerModality<Features> features) {
  public Segment {
    features = features.sorted();
  }

  /** Takes the features from a map. */
  public Segment(
      SegmentId id,
      double start,
      double end,
      EmotionScores scores,
      Map<Modality, Features> features) {
    this(id, start, end, scores, PerModality.of(features));
  }

  /** What this segment is, without its features. */
  public SegmentInfo info() {
    return new SegmentInfo(id, start, end, scores, features.map(Features::steps));
  }
}
