package dev.mer4j;

/**
 * The superclass of all exceptions that mer4j throws deliberately.
 *
 * <p>The message names the file, segment, tensor or option, the expected and the found value, and a
 * remedy. It can be shown to a user unchanged.
 */
public class MerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MerException(String message) {
    super(message);
  }

  public MerException(String message, Throwable cause) {
    super(message, cause);
  }
}
