package dev.mer4j.core.optimizer;

import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;

/**
 * Trains one model step by step: forward and backward, {@link GradientClipping}, {@link AdamW}.
 * Where its numbers are is its own affair; what is here fetches them. Once a later one was made for
 * the model this one must not be used; on a GPU its methods throw {@link IllegalStateException}.
 */
public interface Learner {
  /**
   * What a step found.
   *
   * @param loss the batch's mean loss, in nats, before the step
   * @param gradientNorm of all parameters together, before clipping; infinite or NaN if any value
   *     of the gradient is
   * @param clipped whether the gradient was too long
   */
  record Outcome(double loss, double gradientNorm, boolean clipped) {
    /** Whether loss and gradient are finite, so that the step was taken. */
    public boolean finite() {
      return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
  }

  /**
   * Takes one step. One whose loss or gradient is not finite moves nothing, not even AdamW's
   * memory; neither does one that ends with an exception because memory ran out.
   *
   * @param batch standardized, as the model says
   * @param kept [B, M], what the model is to see of the batch; a subset of the batch's presence
   * @param headDropout where the head's dropped units are drawn from
   * @param learningRate of this step; not above that of the rates
   */
  Outcome step(Batch batch, Presence kept, SeedStream headDropout, double learningRate);

  /**
   * The latest step's gradient [P] before clipping, in the order of the model's parameters; to be
   * asked for before the model does anything else. It is valid until the model's next step.
   */
  float[] gradient();

  /** Returns a copy of AdamW's memory. */
  AdamW.State state();

  /**
   * Goes on from a state that {@link #state()} gave. The parameters are not part of it.
   *
   * @throws dev.mer4j.MerException if it is of another number of parameters
   */
  void restore(AdamW.State state);
}
