package dev.mer4j.core.encoder.packed;

import dev.mer4j.core.encoder.ActiveRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The active rows of a batch, longest first, packed by step as PyTorch's {@code
 * pack_padded_sequence} packs them: step t of row r is packed row {@code starts[t] + r}.
 *
 * @param rows their indices in the batch
 * @param lengths their numbers of steps, descending
 * @param counts [T], how many rows have step t
 * @param starts [T], where step t's rows begin
 * @param total S, the number of packed rows
 */
record PackedRows(int[] rows, int[] lengths, int[] counts, int[] starts, int total) {
  static PackedRows of(ActiveRows active) {
    int[] order =
        IntStream.range(0, active.count())
            .boxed()
            .sorted(Comparator.comparingInt((Integer r) -> active.lengths()[r]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    int[] rows = new int[order.length];
    int[] lengths = new int[order.length];
    int[] counts = new int[active.steps()];
    for (int r = 0; r < order.length; r++) {
      rows[r] = active.rows()[order[r]];
      lengths[r] = active.lengths()[order[r]];
      for (int t = 0; t < lengths[r]; t++) {
        counts[t]++;
      }
    }
    int[] starts = new int[counts.length];
    for (int t = 1; t < counts.length; t++) {
      starts[t] = starts[t - 1] + counts[t - 1];
    }
    return new PackedRows(rows, lengths, counts, starts, Arrays.stream(counts).sum());
  }

  int batch() {
    return rows.length;
  }

  int steps() {
    return counts.length;
  }
}
