package dev.mer4j.spark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Delays the end of the program, for a limited time, until work is complete. A signal stops Spark;
 * the thread that waits for it then needs time to delete its files.
 */
final class ExitDelay implements AutoCloseable {
  private static final int MOST_SECONDS = 10;

  private final CountDownLatch complete = new CountDownLatch(1);
  private final Thread atExit = new Thread(this::delay, "exit delay");

  /** Delays the end of the program from now on. */
  ExitDelay() {
    Runtime.getRuntime().addShutdownHook(atExit); // Fails while the program ends.
  }

  /** Returns the thread that delays the end of the program. */
  Thread atExit() {
    return atExit;
  }

  private void delay() {
    try {
      boolean unused = complete.await(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the program end. */
  @Override
  public void close() {
    complete.countDown();
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is about to exit.
    }
  }
}
