package dev.mer4j;

import java.util.List;

/** A setting that cannot work; the message names every offending setting with its value. */
public final class ConfigException extends MerException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String problem) {
    super(problem);
  }

  /**
   * Raises one error that lists all problems, if there are any.
   *
   * @param subject what was being configured, such as {@code "model"}
   * @throws ConfigException if {@code problems} is not empty
   */
  public static void throwIfAny(String subject, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ConfigException(subject + ": " + String.join("; ", problems));
    }
  }
}
