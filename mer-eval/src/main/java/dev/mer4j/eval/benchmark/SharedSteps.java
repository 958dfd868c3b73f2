package dev.mer4j.eval.benchmark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.seed.SeedStream;
import java.util.BitSet;

/**
 * Erases the same stretch of time in all modalities of a segment. The time axis has as many cells
 * as the longest modality has steps; a step is erased if the cell at its midpoint is. For
 * modalities of equal length, step t is cell t.
 */
final class SharedSteps {
  private SharedSteps() {}

  /** Erases each cell independently with the same probability. */
  static PerModality<BitSet> random(SegmentInfo segment, double rate, SeedStream draws) {
    int cells = longest(segment);
    BitSet erased = new BitSet();
    for (int cell = 0; cell < cells; cell++) {
      erased.set(cell, draws.nextDouble() < rate);
    }
    return project(segment, erased, cells);
  }

  /**
   * Erases one block of rint(rate · cells) cells, whose start is uniform over all possible ones.
   * The block at one rate contains those at lower rates.
   */
  static PerModality<BitSet> block(SegmentInfo segment, double rate, SeedStream draws) {
    int cells = longest(segment);
    int length = (int) Math.rint(rate * cells);
    int start = (int) (draws.nextDouble() * (cells - length + 1));
    BitSet erased = new BitSet();
    erased.set(start, start + length);
    return project(segment, erased, cells);
  }

  private static int longest(SegmentInfo segment) {
    return segment.steps().values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private static PerModality<BitSet> project(SegmentInfo segment, BitSet cells, int count) {
    return PerModality.of(
        segment.modalities().toList(), modality -> project(segment, modality, cells, count));
  }

  private static BitSet project(SegmentInfo segment, Modality modality, BitSet cells, int count) {
    int steps = segment.steps(modality);
    BitSet own = new BitSet();
    for (int t = 0; t < steps; t++) {
      own.set(t, cells.get((int) ((2L * t + 1) * count / (2L * steps))));
    }
    return own;
  }
}
