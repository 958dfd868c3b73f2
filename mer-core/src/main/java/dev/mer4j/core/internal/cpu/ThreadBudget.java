package dev.mer4j.core.internal.cpu;

import dev.mer4j.ConfigException;
import java.util.Locale;

/**
 * How many threads a model computes with: one number for every backend and for ND4J, because each
 * of them would otherwise take all cores for itself. Read when a model is made.
 */
public final class ThreadBudget {
  /** The system property that sets it; all cores unless told. */
  public static final String PROPERTY = "mer4j.threads";

  /** More than this is a mistake. */
  public static final int MOST = 999;

  private ThreadBudget() {}

  /**
   * The number of threads.
   *
   * @throws ConfigException if the property is not a number from 1 to 999
   */
  public static int threads() {
    String told = System.getProperty(PROPERTY);
    if (told == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!told.matches("[1-9][0-9]{0,2}")) {
      throw new ConfigException(
          String.format(Locale.ROOT, "%s must be a number from 1 to %d: %s", PROPERTY, MOST, told));
    }
    return Integer.parseInt(told);
  }
}
