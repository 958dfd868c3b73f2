package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.data.batch.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The active rows of a batch, longest first, packed by step as by PyTorch's {@code
 * pack_padded_sequence}: step t of row r is packed row {@code starts[t] + r}.
 *
 * @param rows their indices in the batch
 * @param lengths their numbers of steps, descending
 * @param counts [T], the number of rows that have step t
 * @param starts [T], the first packed row of step t
 * @param total S, the number of packed rows
 */
record PackedRows(int[] rows, int[] lengths, int[] counts, int[] starts, int total) {
  /** With fewer rows, kernels do too little work per weight read. */
  private static final int LEAST_ROWS = 4;

  /** The rows of a batch without rows. */
  static final PackedRows NONE = of(new ActiveRows(new int[0], new int[0], 0));

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

  /**
   * Consecutive rows that run together.
   *
   * @param first the first row
   * @param end the row after the last
   * @param total the number of packed rows
   */
  record Group(int first, int end, int total) {}

  /**
   * Splits the rows into up to {@code wanted} groups of at least {@value #LEAST_ROWS} rows, and
   * more if a group would exceed the kernels' limit.
   */
  List<Group> groups(int wanted) {
    int most = Math.max(1, batch() / LEAST_ROWS);
    int count =
        Math.max(
            Math.min(wanted, most), (batch() + LstmKernels.MOST_ROWS - 1) / LstmKernels.MOST_ROWS);
    List<Group> groups = new ArrayList<>();
    for (int g = 0; g < count && total > 0; g++) {
      int first = batch() * g / count;
      int end = batch() * (g + 1) / count;
      groups.add(new Group(first, end, Arrays.stream(lengths, first, end).sum()));
    }
    return groups;
  }

  /** Returns whether the rows with step t are contiguous in the batch, in this order. */
  boolean areContiguous(int t, Sequences sequences) {
    if (sequences.layout() != Sequences.Layout.TIME_FIRST) {
      return false;
    }
    for (int r = 0; r < counts[t]; r++) {
      if (rows[r] != r) {
        return false;
      }
    }
    return true;
  }

  /** Returns the number of a group's rows that have step {@code t}; 0 if there is no such step. */
  int count(int t, Group group) {
    if (t < 0 || t >= steps()) {
      return 0;
    }
    return Math.max(0, Math.min(counts[t], group.end()) - group.first());
  }

  /**
   * Returns the packed rows of steps of rows of the batch.
   *
   * @param steps [B] steps; may be empty
   */
  BitSet packed(List<BitSet> steps) {
    BitSet packed = new BitSet(total);
    for (int r = 0; r < rows.length && !steps.isEmpty(); r++) {
      BitSet own = steps.get(rows[r]);
      for (int t = own.nextSetBit(0); t >= 0 && t < lengths[r]; t = own.nextSetBit(t + 1)) {
        packed.set(starts[t] + r);
      }
    }
    return packed;
  }

  int batch() {
    return rows.length;
  }

  int steps() {
    return counts.length;
  }
}
