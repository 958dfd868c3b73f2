package dev.mer4j.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The role of a segment in an experiment; {@code NONE} for segments in no fold. */
public enum Split {
  @JsonProperty("train")
  TRAIN,
  @JsonProperty("valid")
  VALID,
  @JsonProperty("test")
  TEST,
  @JsonProperty("none")
  NONE;

  /** The name in files and options, such as {@code train}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
