package dev.mer4j.train;

/**
 * Stops a run from any thread: the run finishes its step, saves a checkpoint if it has a folder for
 * them, and returns. A cancellation is permanent.
 */
public final class Cancellation {
  private volatile boolean cancelled;

  /** Creates a cancellation that is not triggered. */
  public Cancellation() {}

  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }
}
