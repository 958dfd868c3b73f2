package dev.mer4j.cuda;

import dev.mer4j.core.encoder.ActiveRows;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One modality's active rows, concatenated: step t of active row r is packed row {@code offsets[r]
 * + t}.
 *
 * @param total S, the number of packed rows
 */
record PackedRows(ActiveRows active, int[] offsets, int total) {
  private static final int QUAD = 4;

  static PackedRows of(ActiveRows active) {
    int[] offsets = new int[active.count()];
    int next = 0;
    for (int r = 0; r < offsets.length; r++) {
      offsets[r] = next;
      next += active.lengths()[r];
    }
    return new PackedRows(active, offsets, next);
  }

  /**
   * Returns {@code values} rounded up to an offset at which rows can be copied 16 bytes at a time.
   */
  static long aligned(long values) {
    return (values + QUAD - 1) / QUAD * QUAD;
  }

  int count() {
    return active.count();
  }

  /** Returns the indices of the active rows, longest first. */
  List<Integer> longestFirst() {
    return IntStream.range(0, count())
        .boxed()
        .sorted(Comparator.comparingInt((Integer r) -> active.lengths()[r]).reversed())
        .toList();
  }
}
