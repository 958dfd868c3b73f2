package dev.mer4j.core.training;

/**
 * The result of one training step.
 *
 * @param loss the batch's mean loss before the update, in nats
 * @param gradientNorm the norm of the whole gradient, before clipping; infinite or NaN if any value
 *     of the gradient is
 * @param clipped whether the norm exceeded the limit
 */
public record StepResult(double loss, double gradientNorm, boolean clipped) {
  /** Returns whether loss and gradient are finite, so that the parameters were updated. */
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
