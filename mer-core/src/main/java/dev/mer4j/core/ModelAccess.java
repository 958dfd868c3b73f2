package dev.mer4j.core;

import dev.mer4j.lifetime.UseGate;
import java.util.function.Supplier;

/**
 * Who may use a model at a time: many threads or one, and nobody once it is closed. Closing waits
 * for all of them.
 */
final class ModelAccess {
  private final UseGate gate = new UseGate("the model");
  private final Object turn = new Object();

  /**
   * Runs beside others.
   *
   * @throws IllegalStateException if the model is closed
   */
  <R> R shared(Supplier<R> work) {
    return gate.use(work);
  }

  /**
   * Runs beside those that {@linkplain #shared share} only.
   *
   * @throws IllegalStateException if the model is closed
   */
  <R> R exclusive(Supplier<R> work) {
    return gate.use(() -> inTurn(work));
  }

  /** As {@link #exclusive}, or does nothing if the model is closed. */
  void exclusiveIfOpen(Runnable work) {
    gate.runIfOpen(
        () -> {
          synchronized (turn) {
            work.run();
          }
        });
  }

  /** As {@link #exclusive}, for work that a closed model can still do. */
  <R> R inTurn(Supplier<R> work) {
    synchronized (turn) {
      return work.get();
    }
  }

  /** Runs what may come at any time, or nothing if the model is closed. */
  void ifOpen(Runnable work) {
    gate.runIfOpen(work);
  }

  /** Waits until nobody uses the model, and frees it; only the first call does. */
  void close(Runnable release) {
    gate.close(release);
  }
}
