package dev.mer4j.data;

/**
 * The metadata of a segment, without its features.
 *
 * @param start seconds into the video; may be negative in the released data
 * @param end seconds into the video
 * @param steps T of each available modality
 */
public record SegmentInfo(
    SegmentId id, double start, double end, EmotionScores scores, PerModality<Integer> steps) {
  public ModalitySet modalities() {
    return ModalitySet.of(steps.modalities());
  }

  /** Returns T of this modality; 0 if it is absent. */
  public int steps(Modality modality) {
    return steps.find(modality).orElse(0);
  }
}
