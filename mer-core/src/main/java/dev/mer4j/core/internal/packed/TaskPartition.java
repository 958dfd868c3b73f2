package dev.mer4j.core.internal.packed;

import java.util.ArrayList;
import java.util.List;

/**
 * How a pass is split into tasks. No sum is split, so every partition gives the same bits. More
 * tasks than the threads need would only read the same memory more often.
 *
 * @param threads the number of threads
 * @param directions the number of LSTM directions, two per modality
 * @param gradientColumns the number of columns of all input and recurrent weights
 */
record TaskPartition(int threads, int directions, int gradientColumns) {
  private static final int MOST_COLUMNS = 256;
  private static final int LEAST_COLUMNS = 24;
  private static final int TASKS_PER_THREAD = 4;

  /** Of 16 rows, four in each group, which take no longer per row than 16 at once. */
  private static final int FINE_GROUPS = 4;

  /** The weight columns whose gradient one task computes. */
  record Columns(int from, int count) {}

  /**
   * Returns the number of groups of rows for each recurrence if all take equally long: the smallest
   * that leaves the threads idle for the least time.
   */
  int groups() {
    int best = 1;
    for (int groups = 2; groups <= Math.max(FINE_GROUPS, threads / directions); groups++) {
      // The time of a group is its share of the rows.
      if (rounds(groups) * best < rounds(best) * groups) {
        best = groups;
      }
    }
    return best;
  }

  private int rounds(int groups) {
    return (directions * groups + threads - 1) / threads;
  }

  /**
   * Returns the number of groups of rows for each recurrence that also projects its inputs, which
   * takes longer for wide modalities.
   */
  int projectingGroups() {
    return threads <= 2 ? 1 : Math.max(FINE_GROUPS, (threads + directions - 1) / directions);
  }

  /**
   * Returns whether training projects the inputs in separate tasks before the recurrences. The
   * projection splits further than the recurrences, which then take equal time for every modality;
   * but the gates leave the caches in between, so it does not pay off with few threads.
   */
  boolean separateProjection() {
    return threads > Math.max(2, directions / 2);
  }

  /** Returns the number of chunks for the projection of packed rows; the last may be smaller. */
  static int contributions(int total) {
    return (total + LstmKernels.CHUNK - 1) / LstmKernels.CHUNK;
  }

  /** Splits the gradient of weights with {@code width} columns. */
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
