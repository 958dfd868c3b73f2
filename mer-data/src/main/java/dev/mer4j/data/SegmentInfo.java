package dev.mer4j.data;

/**
 * What a segment is, without its features.
 *
 * @param start seconds into the video; may be negative in the released data
 * @param end seconds into the video
 * @param steps T of each modality that the segment has
 */
public record SegmentInfo(
    SegmentId id, double start, double end, EmotionScores scores, PerModality<Integer> steps) {
  public ModalitySet modalities() {
    return ModalitySet.of(steps.modalities());
  }

  /** T of this modality; 0 where it is absent. */
  public int steps(Modality modality) {
    return steps.find(modality).orElse(0);
  }
}
