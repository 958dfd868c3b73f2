package dev.mer4j.core.fusion;

import dev.mer4j.ConfigException;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings of the asymmetric loss of the multi-label task (Ridnik et al., 2021, "Asymmetric
 * Loss For Multi-Label Classification", equation 7), which down-weights absent emotions more than
 * present ones, and ignores those that are classified well.
 *
 * @param positiveGamma γ₊ of present emotions: 0, or in [1, 10]
 * @param negativeGamma γ₋ of absent emotions: 0, or in [1, 10]
 * @param margin m, subtracted from the probability of an absent emotion, in [0, 1)
 */
public record Asymmetry(double positiveGamma, double negativeGamma, double margin) {
  /** Without effect. */
  public static final Asymmetry NONE = new Asymmetry(0, 0, 0);

  /**
   * @throws ConfigException if settings are out of range; the message names all of them
   */
  public Asymmetry {
    List<String> problems = new ArrayList<>();
    requireGamma("positiveGamma", positiveGamma, problems);
    requireGamma("negativeGamma", negativeGamma, problems);
    if (!(margin >= 0 && margin < 1)) {
      problems.add("margin must be in [0, 1): " + margin);
    }
    ConfigException.throwIfAny("loss.asymmetry", problems);
  }

  private static void requireGamma(String name, double gamma, List<String> problems) {
    if (!Loss.isFocalGamma(gamma)) {
      problems.add(name + " must be 0 or in [1, 10]: " + gamma);
    }
  }
}
