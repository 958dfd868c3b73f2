package dev.mer4j.internal.lifetime;

import java.lang.ref.Reference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Prevents a resource from being released while it is in use. Any number of threads may use it
 * concurrently. {@link #close} rejects new uses immediately, waits for running ones, and then
 * releases the resource.
 *
 * <p>Uses are reentrant, even while another thread waits to close. Waiting is not interruptible;
 * the thread's interrupt flag is kept.
 */
public final class UseGate {
  private final String resource;
  private final Map<Thread, Integer> users = new HashMap<>();
  private boolean closing;
  private boolean released;

  /**
   * Creates an open gate.
   *
   * @param resource the name of the resource in messages, such as "the model"
   */
  public UseGate(String resource) {
    this.resource = resource;
  }

  /**
   * Runs {@code work}; the resource is not released meanwhile.
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

  /** Runs {@code work} as {@link #run} does; has no effect if the resource is closed. */
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
   * Rejects new uses, waits for running ones, and runs {@code release} once. A further call only
   * waits for the first.
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

  /** Waits until the resource is unused; returns whether the caller must release it. */
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
