package dev.mer4j.train;

/**
 * Whether a training is to stop: it was cancelled, or its thread was interrupted. An interrupt ends
 * the training between two steps, and disturbs neither a step nor a file: the thread's interrupt
 * flag is cleared meanwhile, and set again by {@link #close}.
 */
final class StopSignal implements AutoCloseable {
  private final Cancellation cancellation;
  private boolean interrupted;

  /** Clears the thread's interrupt flag. */
  StopSignal(Cancellation cancellation) {
    this.cancellation = cancellation;
    clearInterrupt();
  }

  boolean isRaised() {
    clearInterrupt();
    return interrupted || cancellation.isCancelled();
  }

  /** Remembers an interrupt, and clears its flag. */
  void clearInterrupt() {
    interrupted |= Thread.interrupted();
  }

  @Override
  public void close() {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
