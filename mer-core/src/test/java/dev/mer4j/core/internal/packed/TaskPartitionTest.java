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
 * Simulates how well passes of the recipe, 16 rows of 300 steps, use many threads. Tasks are
 * scheduled by their number of multiplications, at equal speed.
 */
class TaskPartitionTest {
  private static final int HIDDEN = 128;
  private static final int[] WIDTHS = {713, 74, 300};
  private static final int DIRECTIONS = 2 * WIDTHS.length;
  private static final int COLUMNS = 2 * (Arrays.stream(WIDTHS).sum() + WIDTHS.length * HIDDEN);
  private static final PackedRows ROWS =
      PackedRows.of(new ActiveRows(IntStream.range(0, 16).toArray(), filled(16, 300), 300));

  @ParameterizedTest(name = "{0} threads: training {1} times, inference {2} times as fast as one")
  @CsvSource({
    "1, 1.00, 1.00",
    "2, 2.00, 2.00",
    "3, 2.95, 2.95",
    "4, 3.93, 4.00",
    "5, 4.86, 4.70",
    "6, 5.79, 5.64",
    "8, 7.85, 8.00",
    "16, 13.98, 13.99",
    "32, 26.93, 13.99",
    "64, 41.05, 13.99"
  })
  void tasksFillTheThreads(int threads, double training, double inference) {
    assertThat(trainingTime(1) / trainingTime(threads)).isCloseTo(training, within(0.01));
    assertThat(inferenceTime(1) / inferenceTime(threads)).isCloseTo(inference, within(0.01));
  }

  @ParameterizedTest(name = "{0} threads, {1} directions: {2} groups")
  @CsvSource({
    "1, 6, 1",
    "3, 6, 1",
    "4, 6, 2",
    "6, 6, 1",
    "8, 6, 4",
    "16, 6, 2",
    "64, 6, 10",
    "2, 2, 1",
    "3, 2, 3",
    "64, 2, 32"
  })
  void groupsLeaveThreadsIdleForTheLeastTime(int threads, int directions, int groups) {
    assertThat(new TaskPartition(threads, directions, COLUMNS).groups()).isEqualTo(groups);
  }

  @Test
  void columnsCoverTheWeights() {
    for (int threads : new int[] {1, 2, 3, 8, 64, 999}) {
      for (int width : new int[] {1, 5, 74, 713}) {
        int next = 0;
        for (TaskPartition.Columns part :
            new TaskPartition(threads, DIRECTIONS, COLUMNS).columns(width)) {
          assertThat(part.from()).isEqualTo(next);
          assertThat(part.count()).isBetween(1, 256);
          next += part.count();
        }
        assertThat(next).isEqualTo(width);
      }
    }
  }

  /**
   * Returns the multiplications of the busiest thread in a training pass, summed over all phases;
   * each phase waits for the previous one.
   */
  private static double trainingTime(int threads) {
    TaskPartition partition = new TaskPartition(threads, DIRECTIONS, COLUMNS);
    List<Long> contributions = new ArrayList<>();
    List<Long> backward = new ArrayList<>();
    List<Long> gradients = new ArrayList<>();
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      int width = WIDTHS[direction % WIDTHS.length];
      backward.addAll(recurrences(partition.groups(), 0));
      for (int c = 0; c < TaskPartition.contributions(ROWS.total()); c++) {
        int rows = Math.min(LstmKernels.CHUNK, ROWS.total() - c * LstmKernels.CHUNK);
        contributions.add((long) rows * width);
      }
      for (int matrix : new int[] {width, HIDDEN}) {
        partition
            .columns(matrix)
            .forEach(part -> gradients.add((long) part.count() * ROWS.total()));
      }
    }
    double forward =
        partition.separateProjection()
            ? busiest(threads, contributions) + busiest(threads, backward)
            : inferenceTime(threads);
    return forward + busiest(threads, backward) + busiest(threads, gradients);
  }

  /** Returns the multiplications of the busiest thread in an inference. */
  private static double inferenceTime(int threads) {
    TaskPartition partition = new TaskPartition(threads, DIRECTIONS, COLUMNS);
    List<Long> costs = new ArrayList<>();
    for (int direction = 0; direction < DIRECTIONS; direction++) {
      costs.addAll(recurrences(partition.projectingGroups(), WIDTHS[direction % WIDTHS.length]));
    }
    return busiest(threads, costs);
  }

  /** Returns the multiplications of each group of a recurrence that projects inputs. */
  private static List<Long> recurrences(int groups, int width) {
    return ROWS.groups(groups).stream()
        .map(group -> (long) group.total() * (HIDDEN + width))
        .toList();
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
