package dev.mer4j.core;

/**
 * Logarithms of probabilities with a common lower bound, which keeps those of 0 and 1 finite.
 *
 * <p>The bound is half the distance from 1 to the next lower single-precision number, so that 1 - p
 * of a single-precision p &lt; 1 is never smaller.
 */
public final class LogProbability {
  /** The lower bound of probabilities in logarithms and ratios, 2^-24. */
  public static final double LOWEST = 0x1p-24;

  private LogProbability() {}

  /** Returns the logarithm of a probability, or of {@link #LOWEST} if that is larger. */
  public static double of(double probability) {
    return StrictMath.log(Math.max(LOWEST, probability));
  }

  /** Returns log(p / (1 - p)), finite for every p in [0, 1]. */
  public static double logit(double probability) {
    return of(probability) - of(1 - probability);
  }
}
