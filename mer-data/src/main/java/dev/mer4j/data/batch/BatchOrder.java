package dev.mer4j.data.batch;

import dev.mer4j.seed.SeedStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Assigns segments to batches and orders the batches.
 *
 * <p>The cost of a batch is the cost of its longest segment, so segments of similar length are
 * grouped.
 */
final class BatchOrder {
  /**
   * Batches per sorting window: large enough to group similar lengths, small enough to stay random.
   */
  private static final int WINDOW = 50;

  private final long[] lengths;
  private final int batchSize;

  /**
   * Creates an order of segments.
   *
   * @param lengths [N], the relative cost of each segment
   */
  BatchOrder(long[] lengths, int batchSize) {
    this.lengths = lengths;
    this.batchSize = batchSize;
  }

  int batchSize() {
    return batchSize;
  }

  /** Returns the number of batches. */
  int batches() {
    return (int) (((long) lengths.length + batchSize - 1) / batchSize);
  }

  /** Returns random batches, or random batches of similar lengths. */
  List<int[]> shuffled(SeedStream draws, boolean bucketed) {
    int[] order = identity();
    draws.shuffle(order);
    if (bucketed) {
      int window = (int) Math.min((long) WINDOW * batchSize, order.length);
      for (int from = 0; from < order.length; from += window) {
        sort(order, from, Math.min(from + window, order.length));
      }
    }
    List<int[]> batches = toBatches(order);
    if (!bucketed) {
      return batches;
    }
    int[] places = new int[batches.size()];
    Arrays.setAll(places, i -> i);
    draws.shuffle(places);
    return Arrays.stream(places).mapToObj(batches::get).toList();
  }

  /** Returns batches in the order of the segments. */
  List<int[]> asGiven() {
    return toBatches(identity());
  }

  /** Returns batches from short to long. */
  List<int[]> byLength() {
    int[] order = identity();
    sort(order, 0, order.length);
    return toBatches(order);
  }

  private int[] identity() {
    int[] order = new int[lengths.length];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private void sort(int[] order, int from, int to) {
    int[] sorted =
        Arrays.stream(order, from, to)
            .boxed()
            .sorted(Comparator.comparingLong(s -> lengths[s]))
            .mapToInt(Integer::intValue)
            .toArray();
    System.arraycopy(sorted, 0, order, from, sorted.length);
  }

  private List<int[]> toBatches(int[] order) {
    List<int[]> batches = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      batches.add(Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length)));
    }
    return batches;
  }
}
