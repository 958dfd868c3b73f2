package dev.mer4j.core.encoder;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import java.util.Locale;

/** How an encoder's steps become the state of a modality. */
public enum Pooling {
  /**
   * The hidden state of each direction after its last step, [2H]: the forward direction's after the
   * row's last step, the reverse direction's after its first.
   */
  @JsonProperty("last")
  @JsonEnumDefaultValue
  LAST,

  /**
   * The last states, then the weighted mean of all steps, [4H]; see {@link AttentionPooling}. Its
   * weights are learned, and equal before training.
   */
  @JsonProperty("attention")
  ATTENTION;

  /** Returns the name on the command line and in files, such as {@code attention}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the pooling with this key.
   *
   * @throws ConfigException if no pooling has this key
   */
  public static Pooling of(String key) {
    for (Pooling pooling : values()) {
      if (pooling.key().equals(key)) {
        return pooling;
      }
    }
    throw new ConfigException(
        String.format(Locale.ROOT, "unknown pooling '%s': use last or attention", key));
  }
}
