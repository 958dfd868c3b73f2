package dev.mer4j.data;

import java.util.EnumMap;
import java.util.Map;

/**
 * One labelled stretch of video with the features of the modalities that it has.
 *
 * @param start seconds into the video; may be negative in the released data
 * @param end seconds into the video
 * @param features a modality that is absent is absent from the map, never zeros
 */
public record Segment(
    SegmentId id,
    double start,
    double end,
    EmotionScores scores,
    Map<Modality, Features> features) {
  public Segment {
    features = Map.copyOf(features);
  }

  /** What this segment is, without its features. */
  public SegmentInfo info() {
    Map<Modality, Integer> steps = new EnumMap<>(Modality.class);
    features.forEach((modality, values) -> steps.put(modality, values.steps()));
    return new SegmentInfo(id, start, end, scores, steps);
  }
}
