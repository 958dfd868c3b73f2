package dev.mer4j.core.internal.cpu;

import dev.mer4j.ConfigException;
import java.util.Locale;

/**
 * The number of threads that a model computes with, shared by all backends and ND4J, each of which
 * would otherwise use all cores. Read when a model is created.
 */
public final class ThreadBudget {
  /** The system property with the number of threads. Defaults to all cores. */
  public static final String PROPERTY = "mer4j.threads";

  /** The highest accepted number. */
  public static final int MOST = 999;

  private ThreadBudget() {}

  /**
   * Returns the number of threads.
   *
   * @throws ConfigException if the property is not a number from 1 to 999
   */
  public static int threads() {
    String value = System.getProperty(PROPERTY);
    if (value == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!value.matches("[1-9][0-9]{0,2}")) {
      throw new ConfigException(
          String.format(
              Locale.ROOT, "%s must be a number from 1 to %d: %s", PROPERTY, MOST, value));
    }
    return Integer.parseInt(value);
  }
}
