package dev.mer4j.eval.attribution;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.function.Function;

/**
 * Exact Shapley values (Shapley, 1953): what each modality adds to a result, averaged over all
 * orders in which they may join.
 */
final class Shapley {
  private Shapley() {}

  /**
   * Shares out {@code worth(players) - worth(nothing)}.
   *
   * @param worth [C] of every subset of the players
   * @return [C] of each player, adding up to that difference
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
