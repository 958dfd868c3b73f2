package dev.mer4j.eval.benchmark;

import dev.mer4j.data.PerModality;
import java.util.Optional;

/**
 * How evenly the gradient was distributed over the modalities' encoders in a training run: the
 * normalized entropy of the norms' shares. MissBench's Modality Learning Index (Pham et al., 2026)
 * has the same purpose and another formula; the values are not comparable.
 *
 * @param norms the Euclidean norm of the gradient of each encoder, mean over the steps; finite and
 *     not negative
 * @param balance in [0, 1]: 1 if all norms are equal, 0 if only one encoder has a gradient; NaN if
 *     none has
 */
public record GradientBalance(PerModality<Double> norms, double balance) {
  /**
   * Computes the balance.
   *
   * @return empty if there are fewer than two modalities
   */
  public static Optional<GradientBalance> of(PerModality<Double> norms) {
    return norms.size() < 2
        ? Optional.empty()
        : Optional.of(new GradientBalance(norms, Evenness.of(norms.values())));
  }
}
