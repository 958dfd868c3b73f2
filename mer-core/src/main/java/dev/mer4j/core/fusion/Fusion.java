package dev.mer4j.core.fusion;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.mer4j.ConfigException;

/** How the states of the modalities become one vector [B, M·2H]. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Fusion.Concatenation.class, name = "concatenation"),
  @JsonSubTypes.Type(value = Fusion.Attention.class, name = "attention")
})
public sealed interface Fusion {
  /** The states side by side; an absent modality's are zeros. */
  static Fusion concatenation() {
    return new Concatenation();
  }

  /** The states side by side, each scaled by how much its modality counts in this sample. */
  static Fusion attention() {
    return new Attention(128);
  }

  /** See {@link Fusion#concatenation()}. */
  record Concatenation() implements Fusion {}

  /**
   * Additive attention (Bahdanau et al., 2015) over the present modalities: a modality scores
   * {@code u·tanh(W h + b)}, a softmax over the present ones gives its weight α, and its state
   * enters as {@code M·α·h}, so that equal weights are plain concatenation and a missing modality's
   * share goes to the others.
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
