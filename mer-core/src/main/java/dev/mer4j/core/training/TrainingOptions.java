package dev.mer4j.core.training;

import dev.mer4j.ConfigException;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;

/**
 * The loss, optimizer and clipping settings of a {@link TrainingSession}.
 *
 * @param loss the loss, with one weight for each of the model's C classes
 * @param unimodalWeight the weight of the auxiliary loss of {@link
 *     dev.mer4j.core.fusion.UnimodalLossHead}, in [0, 2]; 0 for none
 * @param rates the rates of AdamW; no step's learning rate exceeds theirs
 * @param clipping the limit of the gradient's norm
 */
public record TrainingOptions(
    Loss loss, double unimodalWeight, AdamW.Rates rates, GradientClipping clipping) {
  private static final int MAX_UNIMODAL_WEIGHT = 2;

  /**
   * @throws ConfigException if the weight of the auxiliary loss is out of range
   */
  public TrainingOptions {
    requireUnimodalWeight(unimodalWeight);
  }

  /** Creates options without the auxiliary loss. */
  public TrainingOptions(Loss loss, AdamW.Rates rates, GradientClipping clipping) {
    this(loss, 0, rates, clipping);
  }

  /**
   * Checks {@link #unimodalWeight}.
   *
   * @throws ConfigException if it is out of range
   */
  public static void requireUnimodalWeight(double weight) {
    if (!(weight >= 0 && weight <= MAX_UNIMODAL_WEIGHT)) {
      throw new ConfigException(
          "loss.unimodalWeight must be in [0, " + MAX_UNIMODAL_WEIGHT + "]: " + weight);
    }
  }
}
