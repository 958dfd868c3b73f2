package dev.mer4j.core.optimizer;

import dev.mer4j.ConfigException;

/**
 * Clips the Euclidean norm of the gradient of all parameters (Pascanu, Mikolov and Bengio, 2013).
 *
 * <p>The squares are summed in double precision. The factor is {@code maxNorm / (norm + 1e-6)}, as
 * in PyTorch's {@code clip_grad_norm_}, and at most 1.
 *
 * @param maxNorm above 0; infinite for no clipping
 */
public record GradientClipping(double maxNorm) {
  private static final double EPSILON = 1e-6;

  /** Values that are squared at once; a multiple of four, for the same sums with any length. */
  private static final int SQUARED = 512;

  /**
   * @throws ConfigException if {@code maxNorm} is not above 0
   */
  public GradientClipping {
    if (!(maxNorm > 0)) {
      throw new ConfigException("gradient norm limit must be above 0: " + maxNorm);
    }
  }

  /**
   * Returns the norm of a gradient and the factor that clips it; the gradient is unchanged.
   *
   * @param gradient [P]
   */
  public Clipped apply(float[] gradient) {
    double norm = Math.sqrt(Chunks.sum(gradient.length, (from, to) -> squares(gradient, from, to)));
    return new Clipped(norm, Math.min(1, maxNorm / (norm + EPSILON)));
  }

  private static double squares(float[] gradient, int from, int to) {
    // Squared first, in a loop that the compiler vectorizes. Four sums, because each addition waits
    // for the previous one to the same sum.
    double[] squares = new double[SQUARED];
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int i = from; i < to; i += SQUARED) {
      int count = Math.min(SQUARED, to - i);
      for (int k = 0; k < count; k++) {
        double value = gradient[i + k];
        squares[k] = value * value;
      }
      int k = 0;
      for (; k + 3 < count; k += 4) {
        sum0 += squares[k];
        sum1 += squares[k + 1];
        sum2 += squares[k + 2];
        sum3 += squares[k + 3];
      }
      for (; k < count; k++) {
        sum0 += squares[k];
      }
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /**
   * The result of clipping.
   *
   * @param norm the norm before clipping; infinite or NaN if any value is
   * @param scale the factor of the gradient, in (0, 1]; undefined for a non-finite norm
   */
  public record Clipped(double norm, double scale) {
    /** Returns whether the norm exceeded the limit. */
    public boolean clipped() {
      return scale < 1;
    }
  }
}
