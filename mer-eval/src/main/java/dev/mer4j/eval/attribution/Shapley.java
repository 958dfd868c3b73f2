package dev.mer4j.eval.attribution;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.List;
import java.util.function.Function;

/**
 * Exact Shapley values (Shapley, 1953): the marginal contribution of each modality, averaged over
 * all orders in which the modalities can be added.
 */
final class Shapley {
  private Shapley() {}

  /**
   * Distributes {@code worth(players) - worth(none)} over the players.
   *
   * @param worth [C], the value of every subset of the players
   * @return [C] for each player; they sum to that difference
   */
  static PerModality<double[]> values(ModalitySet players, Function<ModalitySet, double[]> worth) {
    int count = players.size();
    List<double[]> worths = players.subsets().stream().map(worth).toList();
    PerModality.Builder<double[]> values = PerModality.builder();
    for (int m = 0; m < count; m++) {
      double[] own = new double[worths.get(0).length];
      for (int others = 0; others < worths.size(); others++) {
        if ((others & 1 << m) == 0) {
          int size = Integer.bitCount(others);
          double weight = factorial(size) * factorial(count - size - 1) / factorial(count);
          double[] with = worths.get(others | 1 << m);
          double[] without = worths.get(others);
          for (int c = 0; c < own.length; c++) {
            own[c] += weight * (with[c] - without[c]);
          }
        }
      }
      values.put(players.toList().get(m), own);
    }
    return values.build();
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }
}
