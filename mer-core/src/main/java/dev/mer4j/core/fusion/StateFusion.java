package dev.mer4j.core.fusion;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;

/**
 * Fuses the states of the modalities into one vector, see {@link Fusion}; {@link #backward} uses
 * the latest forward pass.
 */
interface StateFusion {
  /** Returns the fused states [B, F], of {@link HeadShape#fusedWidth}. */
  Matrix forward(PerModality<float[]> states, Presence presence);

  /** Returns the weight of each modality [B, M], as in {@link Head.Output#weights}. */
  Matrix weights();

  /**
   * Overwrites the fusion's part of the gradient [P] and writes the loss's gradients with respect
   * to the states, [B, E] of each modality.
   *
   * @param fusedGradient [B, F], the loss's gradient with respect to the fused states
   */
  void backward(Matrix fusedGradient, float[] gradient, PerModality<float[]> stateGradients);
}
