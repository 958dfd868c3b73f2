package dev.mer4j.core.internal.cpu;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Things lent to one thread at a time; as many are made as are ever lent at once.
 *
 * @param <T> what is lent
 */
public final class ObjectPool<T> implements AutoCloseable {
  private final ConcurrentLinkedDeque<T> idle = new ConcurrentLinkedDeque<>();
  private final Supplier<T> maker;
  private final Consumer<T> closer;

  /** Lends what {@code maker} makes and {@code closer} closes. */
  public ObjectPool(Supplier<T> maker, Consumer<T> closer) {
    this.maker = maker;
    this.closer = closer;
  }

  /** Runs with one of them. */
  public <R> R apply(Function<T, R> use) {
    T lent = idle.pollFirst();
    if (lent == null) {
      lent = maker.get();
    }
    try {
      return use.apply(lent);
    } finally {
      idle.addFirst(lent);
    }
  }

  /** As {@link #apply}, where nothing comes of it. */
  public void accept(Consumer<T> use) {
    apply(
        lent -> {
          use.accept(lent);
          return lent;
        });
  }

  @Override
  public void close() {
    idle.forEach(closer);
    idle.clear();
  }
}
