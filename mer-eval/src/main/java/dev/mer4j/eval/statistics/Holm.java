package dev.mer4j.eval.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Corrects p-values for being several (Holm, 1979). */
public final class Holm {
  private Holm() {}

  /** The corrected p-values, in the order given. */
  public static List<Double> correct(List<Double> p) {
    List<Integer> ascending =
        IntStream.range(0, p.size()).boxed().sorted(Comparator.comparing(p::get)).toList();
    double[] corrected = new double[p.size()];
    double largest = 0;
    for (int rank = 0; rank < corrected.length; rank++) {
      int at = ascending.get(rank);
      largest = Math.max(largest, Math.min(1, (p.size() - rank) * p.get(at)));
      corrected[at] = largest;
    }
    return DoubleStream.of(corrected).boxed().toList();
  }
}
