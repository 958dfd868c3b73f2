package dev.mer4j.core.internal.cpu;

import dev.mer4j.ConfigException;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The number of threads that a model computes with, shared by all backends and ND4J, each of which
 * would otherwise use all cores. Read when a model is created.
 */
public final class ThreadBudget {
  /** The system property with the number of threads. Defaults to all cores. */
  public static final String PROPERTY = "mer4j.threads";

  /** The highest accepted number. */
  public static final int MOST = 999;

  /** The threads of each call of a model that the current thread creates; absent by default. */
  private static final ThreadLocal<@Nullable Integer> PER_CALL = new ThreadLocal<>();

  private ThreadBudget() {}

  /**
   * Creates a model whose concurrent calls do not share threads.
   *
   * @param threads the number of threads of each call, the calling one among them
   * @throws ConfigException if it is not a number from 1 to 999
   */
  public static <T> T perCall(int threads, Supplier<T> model) {
    if (threads < 1 || threads > MOST) {
      throw new ConfigException(
          String.format(Locale.ROOT, "threads must be a number from 1 to %d: %d", MOST, threads));
    }
    PER_CALL.set(threads);
    try {
      return model.get();
    } finally {
      PER_CALL.remove();
    }
  }

  /** Returns whether each call of the model that is being created has its own threads. */
  public static boolean isPerCall() {
    return PER_CALL.get() != null;
  }

  /**
   * Returns the number of threads.
   *
   * @throws ConfigException if the property is not a number from 1 to 999
   */
  public static int threads() {
    @Nullable Integer own = PER_CALL.get();
    if (own != null) {
      return own;
    }
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
