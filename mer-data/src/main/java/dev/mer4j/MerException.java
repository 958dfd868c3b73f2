package dev.mer4j;

/**
 * The root of every error that mer4j raises on purpose.
 *
 * <p>A message names the file, segment, tensor or option at fault, what was expected and what was
 * found, and what to do about it: it can be shown to a user as it is.
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
