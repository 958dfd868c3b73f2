package dev.mer4j.core.fusion;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.mer4j.ConfigException;

/** How the states of the modalities are joined into one vector [B, M·2H]. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fusion.Concatenation.class, name = "concatenation"),
  @JsonSubTypes.Type(value = Fusion.Attention.class, name = "attention")
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
}
