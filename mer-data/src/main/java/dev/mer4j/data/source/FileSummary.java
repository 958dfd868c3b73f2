package dev.mer4j.data.source;

import java.nio.file.Path;

/**
 * The content of one file, or folder of files.
 *
 * @param role {@code labels} or a modality's key
 * @param root the name of the content in the file; the form if it has none
 * @param numbers the type and layout of the numbers
 * @param videos the number of videos, or other entries
 * @param rows the number of rows of all videos
 */
public record FileSummary(
    String role, Path file, String root, Numbers numbers, int videos, long rows) {
  /**
   * The type and layout of numbers.
   *
   * @param type such as {@code float32}
   * @param layout such as {@code contiguous}
   * @param width D
   */
  public record Numbers(String type, String layout, int width) {}
}
