package dev.mer4j.core;

import dev.mer4j.data.Modality;
import java.util.BitSet;

/** The erased steps of segments: every feature of such a step has its training mean. */
@FunctionalInterface
public interface StepMask {
  /**
   * Returns the erased steps of a segment's modality.
   *
   * @param segment the index of the segment in its set
   */
  BitSet erased(int segment, Modality modality);
}
