package dev.mer4j.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.mer4j.ConfigException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The name of an emotion, or of any other label that a data set has. Equal by key. */
public final class Emotion {
  /** The longest key, in characters. */
  public static final int LONGEST_KEY = 64;

  public static final Emotion HAPPY = new Emotion("happy");
  public static final Emotion SAD = new Emotion("sad");
  public static final Emotion ANGER = new Emotion("anger");
  public static final Emotion SURPRISE = new Emotion("surprise");
  public static final Emotion DISGUST = new Emotion("disgust");
  public static final Emotion FEAR = new Emotion("fear");

  /** The six emotions of CMU-MOSEI, in the order of the label file's columns. */
  public static final List<Emotion> MOSEI = List.of(HAPPY, SAD, ANGER, SURPRISE, DISGUST, FEAR);

  private final String key;

  private Emotion(String key) {
    this.key = key;
  }

  /**
   * Returns the emotion with this key.
   *
   * @throws ConfigException if the key is blank, starts or ends with a space, has a control
   *     character, or is longer than {@value #LONGEST_KEY} characters
   */
  @JsonCreator
  public static Emotion of(String key) {
    if (key.isBlank() || !key.equals(key.strip())) {
      throw new ConfigException(
          "a label must not be blank or have spaces around it: '" + key + "'");
    }
    if (key.length() > LONGEST_KEY || key.chars().anyMatch(Character::isISOControl)) {
      throw new ConfigException(
          "a label must have at most "
              + LONGEST_KEY
              + " characters and no control characters: '"
              + key
              + "'");
    }
    for (Emotion emotion : MOSEI) {
      if (emotion.key.equals(key)) {
        return emotion;
      }
    }
    return new Emotion(key);
  }

  /** Returns the emotions with these keys, in their order. */
  public static List<Emotion> listOf(String... keys) {
    return List.of(keys).stream().map(Emotion::of).toList();
  }

  /** The name in files and tables, such as {@code happy}. */
  @JsonValue
  public String key() {
    return key;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Emotion that && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The key. */
  @Override
  public String toString() {
    return key;
  }
}
