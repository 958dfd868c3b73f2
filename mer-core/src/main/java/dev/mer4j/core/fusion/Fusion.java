package dev.mer4j.core.fusion;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.mer4j.ConfigException;
import dev.mer4j.data.ModalitySet;

/** How the logits are computed from the states of the modalities. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fusion.Concatenation.class, name = "concatenation"),
  @JsonSubTypes.Type(value = Fusion.Attention.class, name = "attention"),
  @JsonSubTypes.Type(value = Fusion.AttentionSum.class, name = "attention-sum"),
  @JsonSubTypes.Type(value = Fusion.Additive.class, name = "additive")
})
public sealed interface Fusion {
  /** Returns plain concatenation; an absent modality's state is zero. */
  static Fusion concatenation() {
    return new Concatenation();
  }

  /**
   * Returns concatenation of the states, each scaled by its modality's attention weight, with
   * scoring width 128.
   */
  static Fusion attention() {
    return new Attention(128);
  }

  /** Returns the sum of the states, each weighted by its modality's attention weight. */
  static Fusion attentionSum() {
    return new AttentionSum();
  }

  /**
   * Returns a sum of terms of at most {@code order} modalities, see {@link Additive}.
   *
   * @param order from 1 to M
   * @throws ConfigException if {@code order} is outside [1, {@value ModalitySet#MAX_SIZE}]
   */
  static Fusion additive(int order) {
    return new Additive(order);
  }

  /** See {@link Fusion#concatenation()}. */
  record Concatenation() implements Fusion {}

  /**
   * Additive attention (Bahdanau et al., 2015) over the present modalities: a modality scores
   * {@code u·tanh(W h + b)}, a softmax over the present ones gives its weight α, and its state is
   * scaled to {@code M·α·h}. Equal weights are plain concatenation; a missing modality's weight
   * goes to the others.
   *
   * @param width A, the width of the scoring layer
   */
  record Attention(int width) implements Fusion {
    public Attention {
      if (width < 1) {
        throw new ConfigException("attention width must be at least 1: " + width);
      }
    }
  }

  /**
   * Attention pooling over the present modalities, the attention of the published recipe: a
   * modality scores {@code w·h}, with the same w for all modalities, a softmax over the present
   * ones gives its weight α, and the states are summed to {@code Σ α·h}, of width E.
   */
  record AttentionSum() implements Fusion {}

  /**
   * A sum of terms, one for each set S of one to {@code order} modalities:
   *
   * <pre>logits = b + Σ_m f_m(h_m) + Σ_{m&lt;n} f_mn(h_m, h_n) + …</pre>
   *
   * Each f is a perceptron of the concatenated states of S, with its own hidden layer of the head's
   * width. A term is present only if all of its modalities are. The contribution of a set of
   * modalities to the logits is therefore exact: it is the value of its term.
   *
   * @param order the largest number of modalities of a term, from 1 to M
   */
  record Additive(int order) implements Fusion {
    public Additive {
      if (order < 1 || order > ModalitySet.MAX_SIZE) {
        throw new ConfigException(
            "additive order must be in [1, " + ModalitySet.MAX_SIZE + "]: " + order);
      }
    }
  }
}
