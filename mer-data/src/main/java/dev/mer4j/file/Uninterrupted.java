package dev.mer4j.file;

import java.nio.channels.ClosedByInterruptException;

/**
 * Runs file operations that an interrupt of the thread does not stop.
 *
 * <p>A {@link java.nio.channels.FileChannel} is closed when a thread that uses it is interrupted.
 * Repeatable work is then repeated, and the interrupt flag is restored at the end.
 */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Repeatable work that opens its own files. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does the work. */
    T get() throws E;
  }

  /**
   * Repeats the work until it completes without an interrupt.
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

  /** Runs work as {@link #get} does, without a result. */
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
