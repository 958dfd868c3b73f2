package dev.mer4j.train;

/**
 * Asks a run to stop, from any thread: it finishes its step, saves a checkpoint where it keeps
 * some, and returns. Once cancelled, it stays so.
 */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Starts not cancelled. */
  public Cancellation() {}

  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }
}
