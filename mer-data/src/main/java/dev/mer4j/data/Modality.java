package dev.mer4j.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.mer4j.ConfigException;
import java.util.Locale;

/**
 * A stream of features that a segment may have; its width is a property of the data, not of the
 * modality.
 */
public enum Modality {
  @JsonProperty("text")
  TEXT,
  @JsonProperty("audio")
  AUDIO,
  @JsonProperty("visual")
  VISUAL;

  /** The number of modalities, M. */
  public static final int COUNT = 3;

  /** The name in files and options, such as {@code text}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the modality with this key.
   *
   * @throws ConfigException if no modality has this key
   */
  public static Modality of(String key) {
    for (Modality modality : values()) {
      if (modality.key().equals(key)) {
        return modality;
      }
    }
    throw new ConfigException("unknown modality '" + key + "': use text, audio or visual");
  }
}
