package dev.mer4j.core.optimizer;

import java.util.stream.IntStream;

/**
 * Splits a flat array into pieces of a fixed size, so that results are bit-identical for any number
 * of threads.
 */
final class Chunks {
  private static final int LENGTH = 1 << 15;

  private Chunks() {}

  /** Processes the values in [from, to). */
  @FunctionalInterface
  interface Work {
    void on(int from, int to);
  }

  /** Returns a number for the values in [from, to). */
  @FunctionalInterface
  interface Measure {
    double of(int from, int to);
  }

  static void forEach(int size, Work work) {
    pieces(size).forEach(piece -> work.on(from(piece), to(piece, size)));
  }

  /** Returns the sum of a measure over the pieces, added in order. */
  static double sum(int size, Measure measure) {
    double[] parts =
        pieces(size).mapToDouble(piece -> measure.of(from(piece), to(piece, size))).toArray();
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }

  private static IntStream pieces(int size) {
    return IntStream.range(0, (size + LENGTH - 1) / LENGTH).parallel();
  }

  private static int from(int piece) {
    return piece * LENGTH;
  }

  private static int to(int piece, int size) {
    return Math.min(size, from(piece) + LENGTH);
  }
}
