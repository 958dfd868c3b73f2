package dev.mer4j.eval.benchmark;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.seed.SeedStream;
import java.util.BitSet;

/**
 * What a condition does to one segment. An empty part changes nothing.
 *
 * @param missing the modalities that are removed
 * @param erased the steps of each modality that are erased; lengths are unchanged
 * @param shift by how many steps each modality is rotated, towards its end if positive
 * @param noise the stream of each modality's noise
 * @param swapped the segment that replaces each modality
 */
public record Degradation(
    ModalitySet missing,
    PerModality<BitSet> erased,
    PerModality<Integer> shift,
    PerModality<SeedStream> noise,
    PerModality<SegmentId> swapped) {
  /** No change. */
  static final Degradation NONE = removing(ModalitySet.NONE);

  static Degradation removing(ModalitySet missing) {
    return new Degradation(
        missing, PerModality.of(), PerModality.of(), PerModality.of(), PerModality.of());
  }

  static Degradation erasing(PerModality<BitSet> erased) {
    return new Degradation(
        ModalitySet.NONE, erased, PerModality.of(), PerModality.of(), PerModality.of());
  }

  static Degradation shifting(PerModality<Integer> shift) {
    return new Degradation(
        ModalitySet.NONE, PerModality.of(), shift, PerModality.of(), PerModality.of());
  }

  static Degradation adding(PerModality<SeedStream> noise) {
    return new Degradation(
        ModalitySet.NONE, PerModality.of(), PerModality.of(), noise, PerModality.of());
  }

  static Degradation swapping(PerModality<SegmentId> swapped) {
    return new Degradation(
        ModalitySet.NONE, PerModality.of(), PerModality.of(), PerModality.of(), swapped);
  }
}
