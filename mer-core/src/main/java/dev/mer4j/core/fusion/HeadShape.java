package dev.mer4j.core.fusion;

import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;
import java.util.List;

/**
 * The sizes of a fusion head.
 *
 * @param modalities the M fused modalities, in order
 * @param stateWidth 2H, the width of one modality's state
 * @param fusion how the states are fused
 * @param hidden the perceptron's hidden layer
 * @param task selects loss and probabilities: sigmoid for multi-label, softmax for single-label
 * @param classes C, the number of logits
 */
public record HeadShape(
    List<Modality> modalities,
    int stateWidth,
    Fusion fusion,
    HiddenLayer hidden,
    Task task,
    int classes) {
  public HeadShape {
    modalities = List.copyOf(modalities);
  }

  /**
   * A perceptron's hidden layer.
   *
   * @param width W, the number of units
   * @param dropout the dropout probability, in [0, 1)
   */
  public record HiddenLayer(int width, double dropout) {}

  /** Returns W, the width of the hidden layer. */
  public int width() {
    return hidden.width();
  }

  /** Returns the width of the fused states, M·2H. */
  public int fusedWidth() {
    return modalities.size() * stateWidth;
  }

  /** Returns the presence mask [B, M]: 1 where a row has a modality, else 0. */
  public float[] mask(Presence presence) {
    float[] mask = new float[presence.size() * modalities.size()];
    for (int i = 0; i < mask.length; i++) {
      Modality modality = modalities.get(i % modalities.size());
      mask[i] = presence.has(i / modalities.size(), modality) ? 1 : 0;
    }
    return mask;
  }

  /**
   * Samples dropout factors [B, W] of the hidden layer: 0 for a dropped unit, 1/(1-p) for a kept
   * one.
   */
  public float[] dropoutFactors(int batch, SeedStream draws) {
    float[] factors = new float[batch * width()];
    double dropout = hidden.dropout();
    float kept = (float) (1 / (1 - dropout));
    for (int i = 0; i < factors.length; i++) {
      factors[i] = dropout > 0 && draws.nextDouble() < dropout ? 0 : kept;
    }
    return factors;
  }
}
