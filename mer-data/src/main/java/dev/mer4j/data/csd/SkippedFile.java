package dev.mer4j.data.csd;

import java.nio.file.Path;

/**
 * A file in a data folder that is neither the labels nor one of the modalities.
 *
 * @param reason its content, and the option that selects it, if one exists
 */
public record SkippedFile(Path file, String reason) {
  private static final String WORDS = "contains words, not numbers";

  /** Returns a file of words. */
  static SkippedFile ofWords(Path file) {
    return new SkippedFile(file, WORDS);
  }

  /** Returns whether the file contains words, as {@link CsdFile#readWords} reads. */
  public boolean hasWords() {
    return reason.equals(WORDS);
  }
}
