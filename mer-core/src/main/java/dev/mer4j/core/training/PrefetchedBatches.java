package dev.mer4j.core.training;

import dev.mer4j.data.batch.Batch;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prefetches the next batch on another thread while the model processes the current one. {@link
 * #close} waits for a prefetch in progress, so that no features are read after it returns.
 */
public final class PrefetchedBatches implements Iterator<Batch>, AutoCloseable {
  private final List<Batch> batches;
  private final Consumer<Batch> packed;
  private int started;
  private @Nullable CompletableFuture<Batch> next;

  /**
   * Starts prefetching the first batch.
   *
   * @param batches the batches, each packed when {@link List#get} is called
   * @param packed called with each batch on the prefetching thread, before the batch is returned
   */
  public PrefetchedBatches(List<Batch> batches, Consumer<Batch> packed) {
    this.batches = batches;
    this.packed = packed;
    next = start();
  }

  private @Nullable CompletableFuture<Batch> start() {
    if (started == batches.size()) {
      return null;
    }
    int number = started++;
    return CompletableFuture.supplyAsync(
        () -> {
          Batch batch = batches.get(number);
          packed.accept(batch);
          return batch;
        });
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Batch next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    try {
      Batch batch = next.join();
      next = start();
      return batch;
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Waits for a prefetch in progress and ignores its failure. */
  @Override
  public void close() {
    if (next != null) {
      next.handle((batch, failure) -> batch).join();
      next = null;
    }
  }
}
