package dev.mer4j.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads files into memory as {@link Files} does, but an interrupt of the thread does not end it.
 */
public final class WholeFile {
  private WholeFile() {}

  /** Returns all bytes. */
  public static byte[] bytes(Path file) throws IOException {
    return Uninterrupted.get(() -> Files.readAllBytes(file));
  }

  /** Returns the first bytes; fewer if the file is shorter. */
  public static byte[] head(Path file, int most) throws IOException {
    return Uninterrupted.get(
        () -> {
          try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
          }
        });
  }

  /**
   * Returns the text of a file in UTF-8.
   *
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   */
  public static String text(Path file) throws IOException {
    return Uninterrupted.get(() -> Files.readString(file));
  }

  /**
   * Returns the lines of a file in UTF-8.
   *
   * @throws java.nio.charset.CharacterCodingException if it is not UTF-8
   */
  public static List<String> lines(Path file) throws IOException {
    return Uninterrupted.get(() -> Files.readAllLines(file));
  }
}
