package dev.mer4j.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** The six emotions of CMU-MOSEI, in the order of the label file's columns. */
public enum Emotion {
  @JsonProperty("happy")
  HAPPY,
  @JsonProperty("sad")
  SAD,
  @JsonProperty("anger")
  ANGER,
  @JsonProperty("surprise")
  SURPRISE,
  @JsonProperty("disgust")
  DISGUST,
  @JsonProperty("fear")
  FEAR;

  /** The number of emotions, C. */
  public static final int COUNT = 6;

  /** The name in files and tables, such as {@code happy}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
