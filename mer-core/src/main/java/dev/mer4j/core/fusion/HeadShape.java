package dev.mer4j.core.fusion;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;
import java.util.List;

/**
 * The sizes of a fusion head.
 *
 * @param modalities the M fused modalities, in order
 * @param stateWidth E, the width of one modality's state: 2H, or 4H with attention pooling
 * @param fusion how the states are fused
 * @param hidden the hidden layer of the perceptron, or of each term of additive fusion
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

  /** Returns the width of the fused states: E for {@link Fusion.AttentionSum}, else M·E. */
  public int fusedWidth() {
    return fusion instanceof Fusion.AttentionSum ? stateWidth : modalities.size() * stateWidth;
  }

  /**
   * Returns the sets of modalities that additive fusion has a term for: the single ones, then the
   * pairs, up to its order. Empty for other fusions.
   */
  public List<ModalitySet> terms() {
    return fusion instanceof Fusion.Additive additive
        ? ModalitySet.of(modalities).nonEmpty().stream()
            .filter(set -> set.size() <= additive.order())
            .toList()
        : List.of();
  }

  /** Returns U, the number of hidden units that dropout applies to: W, or T·W with T terms. */
  public int hiddenUnits() {
    return Math.max(1, terms().size()) * width();
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
   * Samples dropout factors [B, U] of the hidden units: 0 for a dropped unit, 1/(1-p) for a kept
   * one. The units of a term are those from t·W to (t+1)·W, and have a random stream of their own.
   */
  public float[] dropoutFactors(int batch, SeedStream draws) {
    List<ModalitySet> terms = terms();
    if (terms.isEmpty()) {
      float[] factors = new float[batch * width()];
      draw(factors, 0, width(), draws);
      return factors;
    }
    int units = terms.size() * width();
    float[] factors = new float[batch * units];
    for (int t = 0; t < terms.size(); t++) {
      draw(factors, t * width(), units, draws.at(terms.get(t).toString()));
    }
    return factors;
  }

  /** Draws W factors of each row, starting at {@code first}. */
  private void draw(float[] factors, int first, int units, SeedStream draws) {
    double dropout = hidden.dropout();
    float kept = (float) (1 / (1 - dropout));
    for (int row = first; row < factors.length; row += units) {
      for (int i = row; i < row + width(); i++) {
        factors[i] = dropout > 0 && draws.nextDouble() < dropout ? 0 : kept;
      }
    }
  }
}
