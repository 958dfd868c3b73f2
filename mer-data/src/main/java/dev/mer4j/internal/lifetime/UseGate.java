package dev.mer4j.internal.lifetime;

import java.lang.ref.Reference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps a resource from being freed while it is in use. Any number of threads use it side by side;
 * {@link #close} refuses new uses at once, waits for those that run, and then frees it.
 *
 * <p>A use may contain another use of the same gate by the same thread, which is admitted even
 * while another thread waits to close. Interrupts end no wait; the thread's interrupt flag is kept.
 */
public final class UseGate {
  private final String resource;
  private final Map<Thread, Integer> users = new HashMap<>();
  private boolean closing;
  private boolean released;

  /**
   * Opens a gate.
   *
   * @param resource what it guards, as messages name it, such as "the model"
   */
  public UseGate(String resource) {
    this.resource = resource;
  }

  /**
   * Runs {@code work}, during which the resource is not freed.
   *
   * @throws IllegalStateException if the resource is closed, or is being closed
   */
  public <R> R use(Supplier<R> work) {
    if (!enter()) {
      throw new IllegalStateException(resource + " is closed");
    }
    try {
      return work.get();
    } finally {
      leave();
      Reference.reachabilityFence(work);
    }
  }

  /**
   * Runs {@code work} as {@link #use} does.
   *
   * @throws IllegalStateException if the resource is closed, or is being closed
   */
  public void run(Runnable work) {
    use(
        () -> {
          work.run();
          return work;
        });
  }

  /** Runs {@code work} as {@link #run} does, or nothing if the resource is closed. */
  public void runIfOpen(Runnable work) {
    if (enter()) {
      try {
        work.run();
      } finally {
        leave();
        Reference.reachabilityFence(work);
      }
    }
  }

  /**
   * Refuses new uses, waits for those that run, and runs {@code release} once. A second call waits
   * until the first is done, and does nothing.
   *
   * @throws IllegalStateException if the calling thread is using the resource, because the call
   *     would wait for itself; the resource stays open
   */
  public void close(Runnable release) {
    if (awaitTurn()) {
      try {
        release.run();
      } finally {
        setReleased();
      }
    }
  }

  private synchronized boolean enter() {
    Thread user = Thread.currentThread();
    if (closing && !users.containsKey(user)) {
      return false;
    }
    users.merge(user, 1, Integer::sum);
    return true;
  }

  private synchronized void leave() {
    users.computeIfPresent(Thread.currentThread(), (user, uses) -> uses == 1 ? null : uses - 1);
    if (closing && users.isEmpty()) {
      notifyAll();
    }
  }

  /** Returns whether the caller is the one to free the resource, which nobody uses any more. */
  private synchronized boolean awaitTurn() {
    if (users.containsKey(Thread.currentThread())) {
      throw new IllegalStateException(
          resource
              + " cannot be closed from inside a call that uses it; close it after that call"
              + " returned");
    }
    boolean first = !closing;
    closing = true;
    boolean interrupted = false;
    while (first ? !users.isEmpty() : !released) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return first;
  }

  private synchronized void setReleased() {
    released = true;
    notifyAll();
  }
}
