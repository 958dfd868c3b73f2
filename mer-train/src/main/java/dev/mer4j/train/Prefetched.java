package dev.mer4j.train;

import dev.mer4j.data.batch.Batch;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Packs the next batch on another thread while the model works on this one, and announces it there.
 * Closing waits for a batch that is being packed, so that nobody reads features, or sends them,
 * behind the back of whoever stopped early.
 */
final class Prefetched implements Iterator<Batch>, AutoCloseable {
  private final List<Batch> batches;
  private final Consumer<Batch> announce;
  private int started;
  private @Nullable CompletableFuture<Batch> next;

  /**
   * Starts with the first batch.
   *
   * @param batches that are packed when they are got
   * @param announce is told of each batch before it is given
   */
  Prefetched(List<Batch> batches, Consumer<Batch> announce) {
    this.batches = batches;
    this.announce = announce;
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
          announce.accept(batch);
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
      // As the user of a plain list would see it.
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    if (next != null) {
      // What went wrong with a batch that nobody wants is nobody's affair.
      next.handle((batch, failure) -> batch).join();
      next = null;
    }
  }
}
