package dev.mer4j.core.internal.packed;

import java.util.ArrayList;
import java.util.List;

/**
 * How finely a pass is cut into tasks. No sum is cut, so that every cut gives the same bits; more
 * tasks than the threads need would only read the same memory more often.
 *
 * @param threads that share the work
 * @param directions two of each modality
 * @param gradientColumns of all weights, inputs' and recurrent, of all directions
 */
record TaskPartition(int threads, int directions, int gradientColumns) {
  private static final int MOST_COLUMNS = 128;
  private static final int LEAST_COLUMNS = 24;
  private static final int TASKS_PER_THREAD = 4;

  /** Columns of weights whose gradient one task sums. */
  record Columns(int from, int count) {}

  /** The groups of rows that a recurrence is to be cut into. */
  int groups() {
    return (threads + directions - 1) / directions;
  }

  /**
   * Whether what the inputs contribute to the gates gets tasks of its own before a training's
   * recurrences. It can be cut further than those, and they are as long for every modality then;
   * but the gates leave the caches in between, so that few threads do better without.
   */
  boolean separateProjection() {
    return threads > Math.max(2, directions / 2);
  }

  /** The chunks that some packed rows' contributions are cut into; the last may be smaller. */
  static int contributions(int total) {
    return (total + LstmKernels.CHUNK - 1) / LstmKernels.CHUNK;
  }

  /** Cuts the gradient of weights over {@code width} columns. */
  List<Columns> columns(int width) {
    int wanted = gradientColumns / (threads * TASKS_PER_THREAD);
    int most = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, wanted));
    int parts = (width + most - 1) / most;
    List<Columns> columns = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      int from = width * p / parts;
      columns.add(new Columns(from, width * (p + 1) / parts - from));
    }
    return columns;
  }
}
