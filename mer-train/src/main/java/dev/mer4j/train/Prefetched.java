package dev.mer4j.train;

import dev.mer4j.data.batch.Batch;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Packs the next batch on another thread while the model works on this one.
 *
 * @param batches that are packed when they are got
 */
record Prefetched(List<Batch> batches) implements Iterable<Batch> {
  @Override
  public Iterator<Batch> iterator() {
    return new Ahead();
  }

  private final class Ahead implements Iterator<Batch> {
    private int started;
    private @Nullable CompletableFuture<Batch> next = start();

    private @Nullable CompletableFuture<Batch> start() {
      if (started == batches.size()) {
        return null;
      }
      int batch = started++;
      return CompletableFuture.supplyAsync(() -> batches.get(batch));
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
  }
}
