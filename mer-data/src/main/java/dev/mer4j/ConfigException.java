package dev.mer4j;

import java.util.List;

/** Thrown for invalid settings; the message names every invalid setting with its value. */
public final class ConfigException extends MerException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String problem) {
    super(problem);
  }

  /**
   * Throws one exception that lists all problems, if any.
   *
   * @param subject the configured subject, such as {@code "model"}
   * @throws ConfigException if {@code problems} is not empty
   */
  public static void throwIfAny(String subject, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigException(subject + ": " + String.join("; ", problems));
    }
  }
}
