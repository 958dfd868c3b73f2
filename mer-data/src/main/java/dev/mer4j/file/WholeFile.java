package dev.mer4j.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads files into memory as {@link Files} does, but is not stopped by an interrupt of the thread.
 */
public final class WholeFile {
  private WholeFile() {}

  /** Returns all bytes. */
  public static byte[] bytes(Path file) throws IOException {
    return Uninterrupted.get(() -> Files.readAllBytes(file));
  }

  /** Returns the first bytes; fewer if the file is shorter. */
  public static byte[] head(Path file, int limit) throws IOException {
    return Uninterrupted.get(
        () -> {
          try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit);
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
