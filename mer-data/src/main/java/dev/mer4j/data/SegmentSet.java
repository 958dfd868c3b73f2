package dev.mer4j.data;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Segments that can be read in any order, from any thread: a split of a store, or a list in memory.
 */
public interface SegmentSet {
  /** The number of segments. */
  int size();

  /** D of every modality that occurs. */
  Map<Modality, Integer> widths();

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
    int width = Objects.requireNonNull(widths().get(modality), modality.key());
    float[] values = new float[steps * width];
    read(segment, modality, values, 0);
    return new Features(steps, width, values);
  }

  /** Returns a copy of a segment with all of its features. */
  default Segment segment(int segment) {
    SegmentInfo info = info(segment);
    Map<Modality, Features> features = new EnumMap<>(Modality.class);
    for (Modality modality : info.modalities().toList()) {
      features.put(modality, features(segment, modality));
    }
    return new Segment(info.id(), info.start(), info.end(), info.scores(), features);
  }

  /** What the segments are for; {@link Split#NONE} where nobody has said. */
  default Split role() {
    return Split.NONE;
  }
}
