package dev.mer4j.core.internal.cpu;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A pool of objects, each borrowed by one thread at a time. Objects are created when all others are
 * borrowed.
 *
 * @param <T> the type of the objects
 */
public final class ObjectPool<T> implements AutoCloseable {
  private final ConcurrentLinkedDeque<T> idle = new ConcurrentLinkedDeque<>();
  private final Supplier<T> maker;
  private final Consumer<T> closer;

  /** Creates an empty pool with functions that create and close objects. */
  public ObjectPool(Supplier<T> maker, Consumer<T> closer) {
    this.maker = maker;
    this.closer = closer;
  }

  /** Calls a function with a borrowed object and returns its result. */
  public <R> R apply(Function<T, R> use) {
    T borrowed = idle.pollFirst();
    if (borrowed == null) {
      borrowed = maker.get();
    }
    try {
      return use.apply(borrowed);
    } finally {
      idle.addFirst(borrowed);
    }
  }

  /** Runs an action with a borrowed object. */
  public void accept(Consumer<T> use) {
    apply(
        borrowed -> {
          use.accept(borrowed);
          return borrowed;
        });
  }

  @Override
  public void close() {
    idle.forEach(closer);
    idle.clear();
  }
}
