package dev.mer4j.data;

import java.util.Map;

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

  /** What the segments are for; {@link Split#NONE} where nobody has said. */
  default Split role() {
    return Split.NONE;
  }
}
