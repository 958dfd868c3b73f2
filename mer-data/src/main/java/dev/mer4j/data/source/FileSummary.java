package dev.mer4j.data.source;

import java.nio.file.Path;

/**
 * What one file, or folder of files, holds.
 *
 * @param role {@code labels} or a modality's key
 * @param root the name that the file gives its content; the form if it gives none
 * @param numbers what the numbers are stored as
 * @param videos how many videos, or other entries, it has
 * @param rows of all videos together
 */
public record FileSummary(
    String role, Path file, String root, Numbers numbers, int videos, long rows) {
  /**
   * How numbers are stored.
   *
   * @param type such as {@code float32}
   * @param layout such as {@code contiguous}
   * @param width D
   */
  public record Numbers(String type, String layout, int width) {}
}
