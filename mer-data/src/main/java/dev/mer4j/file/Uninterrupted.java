package dev.mer4j.file;

import java.nio.channels.ClosedByInterruptException;

/**
 * File work that an interrupt of its thread does not end.
 *
 * <p>A {@link java.nio.channels.FileChannel} is closed when a thread that uses it is interrupted.
 * Work that can be repeated is repeated then, and the thread is interrupted when it is done.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Work that opens its files itself, and can be repeated. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does the work. */
    T get() throws E;
  }

  /**
   * Does work until no interrupt disturbs it.
   *
   * @throws E as the work does, unless an interrupt was the cause
   */
  public static <T, E extends Exception> T get(Work<T, E> work) throws E {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return work.get();
        } catch (Exception e) {
          if (!isInterrupt(e)) {
            throw e;
          }
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** As {@link #get}, without a result. */
  public static void run(Runnable work) {
    get(
        () -> {
          work.run();
          return true;
        });
  }

  private static boolean isInterrupt(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedByInterruptException) {
        return true;
      }
    }
    return false;
  }
}
