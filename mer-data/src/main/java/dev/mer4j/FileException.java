package dev.mer4j;

import java.nio.file.Path;

/** Thrown for a file that cannot be read or written, with the path and the reason. */
public final class FileException extends MerException {
  private static final long serialVersionUID = 1L;
  private final transient Path file;
  private final String problem;

  public FileException(Path file, String problem) {
    super(file + ": " + problem);
    this.file = file;
    this.problem = problem;
  }

  public FileException(Path file, String problem, Throwable cause) {
    super(file + ": " + problem, cause);
    this.file = file;
    this.problem = problem;
  }

  /** Returns the file. */
  public Path file() {
    return file;
  }

  /** Returns the reason, without the path. */
  public String problem() {
    return problem;
  }
}
