package dev.mer4j.core.internal.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.encoder.ActiveRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Simulates how well a training pass of the recipe, 16 rows of 300 steps, uses many threads. Tasks
 * are scheduled by their number of multiplications, at equal speed.
 */
class TaskPartitionTest {
  private static final int HIDDEN = 128;
  private static final int[] WIDTHS = {713, 74, 300};
  private static final int DIRECTIONS = 2 * WIDTHS.length;
  private static final int COLUMNS = 2 * (Arrays.stream(WIDTHS).sum() + WIDTHS.length * HIDDEN);
  private static final PackedRows ROWS =
      PackedRows.of(new ActiveRows(IntStream.range(0, 16).toArray(), filled(16, 300), 300));

  @ParameterizedTest(name = "{0} threads: {1} times as fast as one")
  @CsvSource({
    "1, 1.00",
    "2, 2.00",
    "3, 2.89",
    "4, 3.65",
    "6, 5.79",
    "8, 7.30",
    "16, 13.09",
    "64, 41.05"
  })
  void tasksFillTheThreads(int threads, double times) {
    assertThat(time(1) / time(threads)).isCloseTo(times, within(0.01));
  }

  @Test
  void columnsCoverTheWeights() {
    for (int threads : new int[] {1, 2, 3, 8, 64, 999}) {
      for (int width : new int[] {1, 5, 74, 713}) {
        int next = 0;
        for (TaskPartition.Columns part :
            new TaskPartition(threads, DIRECTIONS, COLUMNS).columns(width)) {
          assertThat(part.from()).isEqualTo(next);
          assertThat(part.count()).isBetween(1, 128);
          next += part.count();
        }
        assertThat(next).isEqualTo(width);
      }
    }
  }

  /**
   * Returns the multiplications of the busiest thread, summed over all phases; each phase waits for
   * the previous one.
   */
  private static double time(int threads) {
    TaskPartition partition = new TaskPartition(threads, DIRECTIONS, COLUMNS);
    List<Long> contributions = new ArrayList<>();
    List<Long> forward = new ArrayList<>();
    List<Long> backward = new ArrayList<>();
    List<Long> gradients = new ArrayList<>();
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      int width = WIDTHS[direction % WIDTHS.length];
      for (PackedRows.Group group : ROWS.groups(partition.groups())) {
        long recurrence = (long) group.total() * HIDDEN;
        backward.add(recurrence);
        forward.add(
            recurrence + (partition.separateProjection() ? 0 : (long) group.total() * width));
      }
      for (int c = 0;
          partition.separateProjection() && c < TaskPartition.contributions(ROWS.total());
          c++) {
        int rows = Math.min(LstmKernels.CHUNK, ROWS.total() - c * LstmKernels.CHUNK);
        contributions.add((long) rows * width);
      }
      for (int matrix : new int[] {width, HIDDEN}) {
        partition
            .columns(matrix)
            .forEach(part -> gradients.add((long) part.count() * ROWS.total()));
      }
    }
    return busiest(threads, contributions)
        + busiest(threads, forward)
        + busiest(threads, backward)
        + busiest(threads, gradients);
  }

  /** Assigns tasks, the most expensive first, to the thread that is free first. */
  private static long busiest(int threads, List<Long> costs) {
    PriorityQueue<Long> until = new PriorityQueue<>();
    IntStream.range(0, threads).forEach(thread -> until.add(0L));
    costs.sort(Comparator.reverseOrder());
    costs.forEach(cost -> until.add(until.remove() + cost));
    return until.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static int[] filled(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }
}
