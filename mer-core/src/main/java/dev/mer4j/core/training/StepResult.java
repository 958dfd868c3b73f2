package dev.mer4j.core.training;

/**
 * The result of one training step.
 *
 * @param loss the batch's mean loss, in nats, before the step
 * @param gradientNorm the norm of the whole gradient, before clipping; infinite or NaN if any value
 *     of the gradient is
 * @param clipped whether the gradient was longer than the limit
 */
public record StepResult(double loss, double gradientNorm, boolean clipped) {
  /** Returns whether loss and gradient are finite, so that the parameters were updated. */
  public boolean isFinite() {
    return Double.isFinite(loss) && Double.isFinite(gradientNorm);
  }
}
