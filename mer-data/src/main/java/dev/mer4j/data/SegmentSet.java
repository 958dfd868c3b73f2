package dev.mer4j.data;

/**
 * Segments that can be read in any order, from any thread: a split of a store, or a list in memory.
 */
public interface SegmentSet {
  /** The number of segments. */
  int size();

  /** D of every modality that occurs. */
  PerModality<Integer> widths();

  SegmentInfo info(int segment);

  /**
   * Copies one modality's features [T, D], step by step, into {@code target}.
   *
   * @param modality one that the segment has
   * @param target holds at least {@code offset} + T·D values
   */
  void read(int segment, Modality modality, float[] target, int offset);

  /**
   * Returns a copy of one modality's features [T, D].
   *
   * @param modality one that the segment has
   */
  default Features features(int segment, Modality modality) {
    int steps = info(segment).steps(modality);
    int width = widths().get(modality);
    float[] values = new float[steps * width];
    read(segment, modality, values, 0);
    return new Features(steps, width, values);
  }

  /** Returns a copy of a segment with all of its features. */
  default Segment segment(int segment) {
    SegmentInfo info = info(segment);
    PerModality<Features> features =
        PerModality.of(info.modalities().toList(), modality -> features(segment, modality));
    return new Segment(info.id(), info.start(), info.end(), info.scores(), features);
  }

  /** What the segments are for; {@link Split#NONE} where nobody has said. */
  default Split role() {
    return Split.NONE;
  }
}
