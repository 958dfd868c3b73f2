package dev.mer4j.train;

/**
 * Reports whether training must stop, because it was cancelled or its thread was interrupted. An
 * interrupt stops the training between two steps and affects neither a step nor a file: the
 * thread's interrupt flag is cleared during training and restored by {@link #close}.
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

  /** Records an interrupt and clears its flag. */
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
