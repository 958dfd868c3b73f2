package dev.mer4j.core.fusion;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.seed.SeedStream;

/**
 * Computes logits from the states of the modalities. Every pass reads the current parameters;
 * {@link #backward} uses the latest training pass.
 */
interface LogitFunction {
  /** Returns the logits [B, C] without dropout. */
  Matrix infer(PerModality<float[]> states, Presence presence);

  /** Returns the logits [B, C] with dropout. */
  Matrix train(PerModality<float[]> states, Presence presence, SeedStream draws);

  /**
   * Overwrites the head's part of the gradient [P] and the gradients with respect to the states.
   *
   * @param logitGradient [B, C], the loss's gradient with respect to the logits
   */
  void backward(Matrix logitGradient, float[] gradient, PerModality<float[]> stateGradients);

  /** Returns {@link Head.Output#weights} of the latest pass. */
  float[] weights();

  /** Returns {@link Head.Output#terms} of the latest pass. */
  float[] terms();
}
