package dev.mer4j.data;

import java.util.List;

/** Segments with random access from any thread, such as a split of a store or a list in memory. */
public interface SegmentSet {
  /** Returns the number of segments. */
  int size();

  /** Returns D of each modality that occurs. */
  PerModality<Integer> widths();

  SegmentInfo info(int segment);

  /** The labels of the data set, in order; {@link Emotion#MOSEI} by default. */
  default List<Emotion> labels() {
    return Emotion.MOSEI;
  }

  /**
   * Copies one modality's features [T, D], row-major, into {@code target}.
   *
   * @param modality one that the segment has
   * @param target an array of at least {@code offset} + T·D values
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

  /** Returns a copy of a segment with all its features. */
  default Segment segment(int segment) {
    SegmentInfo info = info(segment);
    PerModality<Features> features =
        PerModality.of(info.modalities().toList(), modality -> features(segment, modality));
    return new Segment(info.id(), info.group(), info.start(), info.end(), info.scores(), features);
  }

  /** Returns the segments that have labels, in the same order. */
  default SegmentSet labeled() {
    return LabeledSegments.of(this);
  }

  /**
   * Starts a set of segments in memory.
   *
   * @see SegmentSetBuilder
   */
  static SegmentSetBuilder builder() {
    return new SegmentSetBuilder();
  }

  /** Returns the role of the segments. Defaults to {@link Split#NONE}. */
  default Split role() {
    return Split.NONE;
  }
}
