package dev.mer4j.data;

/**
 * The metadata of a segment, without its features.
 *
 * @param group what must not be split between folds and what intervals resample, such as a video, a
 *     speaker or a dialogue
 * @param start seconds into the video; may be negative in the released data
 * @param end seconds into the video
 * @param steps T of each available modality
 */
public record SegmentInfo(
    SegmentId id,
    String group,
    double start,
    double end,
    EmotionScores scores,
    PerModality<Integer> steps) {
  /** Makes a segment whose group is its video. */
  public SegmentInfo(
      SegmentId id, double start, double end, EmotionScores scores, PerModality<Integer> steps) {
    this(id, id.video(), start, end, scores, steps);
  }

  public ModalitySet modalities() {
    return ModalitySet.of(steps.modalities());
  }

  /** Returns T of this modality; 0 if it is absent. */
  public int steps(Modality modality) {
    return steps.find(modality).orElse(0);
  }
}
