package dev.mer4j.core.fusion;

import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.seed.SeedStream;
import java.util.List;

/**
 * The sizes of a fusion head.
 *
 * @param modalities the M modalities whose states it joins, in order
 * @param stateWidth 2H, the width of one modality's state
 * @param fusion how it joins them
 * @param hidden the perceptron's hidden layer
 * @param task which loss and which probabilities: sigmoid for several labels, softmax for one
 * @param classes C, how many logits it makes
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
   * @param width W, how many units it has
   * @param dropout share of the units dropped in training, in [0, 1)
   */
  public record HiddenLayer(int width, double dropout) {}

  /** W, the width of the hidden layer. */
  public int width() {
    return hidden.width();
  }

  /** The width of the joined states: M·2H. */
  public int fusedWidth() {
    return modalities.size() * stateWidth;
  }

  /** The mask [B, M]: 1 for what a row has of the modalities. */
  public float[] mask(Presence presence) {
    float[] mask = new float[presence.size() * modalities.size()];
    for (int i = 0; i < mask.length; i++) {
      Modality modality = modalities.get(i % modalities.size());
      mask[i] = presence.has(i / modalities.size(), modality) ? 1 : 0;
    }
    return mask;
  }

  /** Factors [B, W] of the hidden layer: 0 for a dropped unit, 1/(1-p) for a kept one. */
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
