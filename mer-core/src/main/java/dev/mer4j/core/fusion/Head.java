package dev.mer4j.core.fusion;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.seed.SeedStream;

/**
 * Maps encoder states to logits and probabilities. Every pass reads the current parameters. Not
 * thread-safe.
 */
public interface Head {
  /**
   * The result of a forward pass.
   *
   * @param logits [B, C]
   * @param probabilities [B, C]
   * @param weights [B, M], the weight of each modality: with attention, they add up to 1 over the
   *     present ones; without, each is 1
   * @param terms [B, 1 + T, C], the bias of additive fusion, then the value of each of {@link
   *     HeadShape#terms}, zero where it is absent; empty for other fusions
   */
  record Output(float[] logits, float[] probabilities, float[] weights, float[] terms) {
    /** Creates the result of a fusion without terms. */
    public Output(float[] logits, float[] probabilities, float[] weights) {
      this(logits, probabilities, weights, new float[0]);
    }
  }

  /** Runs the head without dropout. */
  Output infer(PerModality<float[]> states, Presence presence);

  /**
   * Runs forward with dropout, then backward.
   *
   * @param targets [B, C]
   * @param draws the random stream of the dropout
   * @param gradient [P]; the head's part of it is overwritten
   * @param stateGradients overwritten by the loss's gradients with respect to the states, [B, E] of
   *     each modality
   * @return the loss
   */
  double train(
      PerModality<float[]> states,
      Presence presence,
      float[] targets,
      SeedStream draws,
      float[] gradient,
      PerModality<float[]> stateGradients);
}
