package dev.mer4j.eval.benchmark;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import java.util.Map;
import java.util.Optional;

/**
 * How evenly modalities contribute to macro-F1 over all fixed sets of them.
 *
 * <p>A modality's contribution is its Shapley value (Shapley, 1953) in the game whose value is
 * macro-F1 with a set of modalities, and that of the best constant predictor without any. The
 * balance is the entropy of the contributions' shares divided by its largest possible value, the
 * logarithm of the number of modalities; negative contributions count as 0.
 *
 * @param contributions of each modality; together macro-F1 with all modalities minus the constant's
 * @param balance in [0, 1]: 1 if all contributions are equal, 0 if only one modality contributes;
 *     NaN if none does
 */
public record ModalityBalance(PerModality<Double> contributions, double balance) {
  /**
   * Computes the balance.
   *
   * @param macroF1 by set of modalities
   * @param constant the highest macro-F1 of constant predictors
   * @return empty if there are fewer than two modalities, or a set has no value
   */
  static Optional<ModalityBalance> of(
      ModalitySet modalities, Map<ModalitySet, Double> macroF1, double constant) {
    if (modalities.size() < 2 || !macroF1.keySet().containsAll(modalities.nonEmpty())) {
      return Optional.empty();
    }
    PerModality<Double> contributions =
        PerModality.of(
            modalities.toList(), modality -> shapley(modality, modalities, macroF1, constant));
    return Optional.of(new ModalityBalance(contributions, Evenness.of(contributions.values())));
  }

  private static double shapley(
      Modality modality, ModalitySet all, Map<ModalitySet, Double> macroF1, double constant) {
    double sum = 0;
    for (ModalitySet others : all.without(modality).subsets()) {
      double gain =
          macroF1.get(others.with(modality)) - (others.isEmpty() ? constant : macroF1.get(others));
      sum += gain * weight(others.size(), all.size());
    }
    return sum;
  }

  /** Returns s! (n - s - 1)! / n!. */
  private static double weight(int s, int n) {
    double choices = n;
    for (int i = 1; i <= s; i++) {
      choices = choices * (n - i) / i;
    }
    return 1 / choices;
  }
}
