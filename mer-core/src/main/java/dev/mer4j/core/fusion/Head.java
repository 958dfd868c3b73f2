package dev.mer4j.core.fusion;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.seed.SeedStream;

/**
 * From states to emotions and back. Parameters are read anew in every pass. Not for several threads
 * at once.
 */
public interface Head {
  /**
   * What the head makes of states.
   *
   * @param logits [B, C]
   * @param probabilities [B, C]
   * @param weights [B, M], how much each modality counts: adding up to 1 over the present ones with
   *     attention, 1 for all without
   */
  record Output(float[] logits, float[] probabilities, float[] weights) {}

  /** Runs forward without dropout. */
  Output infer(PerModality<float[]> states, Presence presence);

  /**
   * Runs forward with dropout, and backward.
   *
   * @param targets [B, C]
   * @param draws where the dropped units are drawn from
   * @param gradient [P]; the head's share of it is overwritten
   * @param stateGradients overwritten by the loss's gradients with respect to the states, [B, 2H]
   *     of each modality
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
