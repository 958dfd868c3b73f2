package dev.mer4j.data.source.array;

import dev.mer4j.FileException;
import java.nio.file.Path;

/**
 * Damaged or unsupported content at a byte of a file. Readers raise it internally and report it as
 * a {@link FileException}.
 */
public final class ArrayFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final String problem;

  /**
   * @param offset in the file, or within the member of an archive if that is compressed
   * @param problem what is wrong and what to do about it
   */
  public ArrayFormatException(long offset, String problem) {
    super("byte " + offset + ": " + problem);
    this.offset = offset;
    this.problem = problem;
  }

  /** Returns the same problem, preceded by the key path or the member's name that it concerns. */
  public ArrayFormatException at(String place) {
    return place.isEmpty() ? this : new ArrayFormatException(offset, place + ": " + problem);
  }

  /** Returns the error to report. */
  public FileException in(Path file) {
    return new FileException(file, getMessage(), this);
  }
}
