package dev.mer4j.eval.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Corrects p-values for multiple tests (Holm, 1979). */
public final class Holm {
  private Holm() {}

  /**
   * Returns the corrected p-values, in the given order. An undefined p-value (NaN) is unchanged and
   * does not count as a test.
   */
  public static List<Double> correct(List<Double> p) {
    List<Integer> ascending =
        IntStream.range(0, p.size())
            .boxed()
            .filter(i -> !p.get(i).isNaN())
            .sorted(Comparator.comparing(p::get))
            .toList();
    double[] corrected = new double[p.size()];
    Arrays.fill(corrected, Double.NaN);
    double largest = 0;
    for (int rank = 0; rank < ascending.size(); rank++) {
      int at = ascending.get(rank);
      largest = Math.max(largest, Math.min(1, (ascending.size() - rank) * p.get(at)));
      corrected[at] = largest;
    }
    return DoubleStream.of(corrected).boxed().toList();
  }
}
