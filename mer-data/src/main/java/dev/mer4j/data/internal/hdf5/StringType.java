package dev.mer4j.data.internal.hdf5;

import java.nio.charset.StandardCharsets;

/**
 * The type of strings.
 *
 * @param variable whether each string is in a global heap, or the elements have a fixed size
 * @param spacePadded whether strings end before trailing spaces, not at their first zero byte
 */
public record StringType(boolean variable, boolean spacePadded) {
  private static final int SPACE_PADDED = 2;

  /** Creates the type of fixed-length strings from the bits of the datatype's class. */
  static StringType fixed(int bits) {
    return new StringType(false, (bits & 15) == SPACE_PADDED);
  }

  /** Creates the type of variable-length strings from the bits of the datatype's class. */
  static StringType variable(int bits) {
    return new StringType(true, (bits >> 4 & 15) == SPACE_PADDED);
  }

  /** Decodes UTF-8, of which ASCII is a subset; invalid bytes become U+FFFD. */
  String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\0');
    text = end < 0 ? text : text.substring(0, end);
    return spacePadded ? text.stripTrailing() : text;
  }
}
