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
    // Four sums, because each addition waits for the previous one to the same sum.
    double[] sums = new double[4];
    int i = from;
    for (; i + 3 < to; i += 4) {
      sums[0] += square(gradient[i]);
      sums[1] += square(gradient[i + 1]);
      sums[2] += square(gradient[i + 2]);
      sums[3] += square(gradient[i + 3]);
    }
    for (; i < to; i++) {
      sums[0] += square(gradient[i]);
    }
    return sums[0] + sums[1] + (sums[2] + sums[3]);
  }

  private static double square(double value) {
    return value * value;
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
