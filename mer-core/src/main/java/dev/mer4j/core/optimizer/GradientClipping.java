package dev.mer4j.core.optimizer;

import dev.mer4j.ConfigException;

/**
 * Limits the Euclidean norm of the whole gradient, all parameters together (Pascanu, Mikolov and
 * Bengio, 2013).
 *
 * <p>The squares are added up in double precision. The factor is {@code maxNorm / (norm + 1e-6)},
 * as in PyTorch's {@code clip_grad_norm_}, and at most 1.
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
   * Measures a gradient and says what to multiply it by; the gradient itself is left as it is.
   *
   * @param gradient [P]
   */
  public Clipped apply(float[] gradient) {
    double norm = Math.sqrt(Chunks.sum(gradient.length, (from, to) -> squares(gradient, from, to)));
    return new Clipped(norm, Math.min(1, maxNorm / (norm + EPSILON)));
  }

  private static double squares(float[] gradient, int from, int to) {
    // Four sums, because each addition to one has to wait for the one before it.
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
   * What clipping found.
   *
   * @param norm of the gradient as it came; infinite or NaN if any of its values is
   * @param scale what to multiply the gradient by, in (0, 1]; meaningless for a norm that is not
   *     finite
   */
  public record Clipped(double norm, double scale) {
    /** Whether the gradient was too long. */
    public boolean clipped() {
      return scale < 1;
    }
  }
}
