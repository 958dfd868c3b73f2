package dev.mer4j.core.training;

import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import java.util.List;
import java.util.function.Supplier;

/** A session that runs one call at a time, and none once it or its network is closed. */
public abstract class GuardedTrainingSession implements TrainingSession {
  private final Object network;
  private final Batcher batches;
  private boolean closed;

  /**
   * Starts a session.
   *
   * @param network the object whose monitor is held during every call
   */
  protected GuardedTrainingSession(Object network, Batcher batches) {
    this.network = network;
    this.batches = batches;
  }

  /**
   * Runs work that uses the network.
   *
   * @throws IllegalStateException if the network is closed
   */
  protected abstract <R> R useNetwork(Supplier<R> work);

  /** Transfers a batch of the epoch to the device before its step. */
  protected abstract void prefetch(Batch batch);

  /** Called with the network locked when the session is closed. */
  protected abstract void ended();

  /**
   * Runs work while neither the network nor the session can be closed.
   *
   * @throws IllegalStateException if either is closed
   */
  protected final <R> R whileOpen(Supplier<R> work) {
    synchronized (network) {
      return useNetwork(
          () -> {
            if (closed) {
              throw new IllegalStateException("the training session is closed");
            }
            return work.get();
          });
    }
  }

  @Override
  public final int stepsPerEpoch() {
    return batches.batches();
  }

  @Override
  public final PrefetchedBatches epoch(int epoch, int done) {
    List<Batch> rest = batches.epoch(epoch).subList(done, batches.batches());
    return whileOpen(() -> new PrefetchedBatches(rest, this::prefetch));
  }

  @Override
  public final void close() {
    synchronized (network) {
      closed = true;
      ended();
    }
  }
}
