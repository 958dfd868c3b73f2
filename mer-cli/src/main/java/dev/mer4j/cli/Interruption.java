package dev.mer4j.cli;

import dev.mer4j.train.Cancellation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a cancellation, and delays the exit until {@link #close} reports
 * that the running work is saved.
 */
final class Interruption implements AutoCloseable {
  /** System property of a process that must end with its parent. */
  static final String ENDS_WITH_PARENT = "mer.ends-with-parent";

  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Cancellation cancellation = new Cancellation();
  private final Thread hook;

  Interruption() {
    hook =
        new Thread(
            () -> {
              cancellation.cancel();
              awaitSaved();
            },
            "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
    if (Boolean.getBoolean(ENDS_WITH_PARENT)) {
      ProcessHandle.current().parent().ifPresent(this::cancelWith);
    }
  }

  /** Returns the cancellation that Ctrl-C and SIGTERM trigger. */
  Cancellation cancellation() {
    return cancellation;
  }

  private void cancelWith(ProcessHandle parent) {
    CompletableFuture<?> unused = parent.onExit().thenRun(cancellation::cancel);
  }

  private void awaitSaved() {
    try {
      boolean inTime = saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    saved.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The shutdown hook is running: the program is about to exit.
    }
  }
}
