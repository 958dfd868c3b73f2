package dev.mer4j.eval.attribution;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
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
    PerModality.Builder<double[]> values = PerModality.builder();
    for (Modality player : players.toList()) {
      double[] own = new double[worth.apply(ModalitySet.NONE).length];
      for (int bits = 0; bits <= ModalitySet.ALL.bits(); bits++) {
        ModalitySet others = new ModalitySet(bits);
        if (others.and(players).equals(others) && !others.contains(player)) {
          double weight =
              factorial(others.size()) * factorial(count - others.size() - 1) / factorial(count);
          double[] with = worth.apply(others.with(player));
          double[] without = worth.apply(others);
          for (int c = 0; c < own.length; c++) {
            own[c] += weight * (with[c] - without[c]);
          }
        }
      }
      values.put(player, own);
    }
    return values.build();
  }

  private static double factorial(int n) {
    return n < 2 ? 1 : n * factorial(n - 1);
  }
}
