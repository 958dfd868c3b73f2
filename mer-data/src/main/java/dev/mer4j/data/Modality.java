package dev.mer4j.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.mer4j.ConfigException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A stream of features that a segment may have; its width is a property of the data, not of the
 * modality.
 *
 * <p>A modality is its name. The canonical order is text, audio, visual, then all others by name.
 */
public final class Modality implements Comparable<Modality> {
  private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9_-]{0,31}");

  public static final Modality TEXT = new Modality("text");
  public static final Modality AUDIO = new Modality("audio");
  public static final Modality VISUAL = new Modality("visual");

  /** The modalities of CMU-MOSEI, in the canonical order. */
  public static final List<Modality> MOSEI = List.of(TEXT, AUDIO, VISUAL);

  private final String key;

  private Modality(String key) {
    this.key = key;
  }

  /**
   * Returns the modality with this key.
   *
   * @param key a lower-case letter, then at most 31 letters, digits, {@code _} and {@code -}
   * @throws ConfigException if the key is malformed
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static Modality of(String key) {
    for (Modality modality : MOSEI) {
      if (modality.key.equals(key)) {
        return modality;
      }
    }
    if (!KEY.matcher(key).matches()) {
      throw new ConfigException(
          "'"
              + key
              + "' is not a valid modality name: it must be a lower-case letter, followed by at"
              + " most 31 letters, digits, '_' and '-'");
    }
    return new Modality(key);
  }

  /** The name in files and options, such as {@code text}. */
  @JsonValue
  public String key() {
    return key;
  }

  /** Compares by the canonical order: text, audio, visual, then all others by key. */
  @Override
  public int compareTo(Modality other) {
    int byRank = Integer.compare(rank(), other.rank());
    return byRank == 0 ? key.compareTo(other.key) : byRank;
  }

  private int rank() {
    int index = MOSEI.indexOf(this);
    return index < 0 ? MOSEI.size() : index;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Modality that && key.equals(that.key);
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
