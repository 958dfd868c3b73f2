package dev.mer4j.core.cpu;

import dev.mer4j.MerException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads in which OpenMP has one thread each: they run native code side by side without crowding
 * the cores.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  /** Starts up to {@code count} threads, as tasks come. */
  public Workers(int count) {
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread =
                  new Thread(
                      () -> {
                        OpenMp.useOneThread();
                        work.run();
                      },
                      "mer4j-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Runs all tasks, started in this order, and returns when the last has ended. */
  public void run(List<Runnable> tasks) {
    List<Callable<Object>> calls = tasks.stream().map(Executors::callable).toList();
    try {
      for (Future<Object> future : threads.invokeAll(calls)) {
        future.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MerException ours) {
        throw ours;
      }
      throw new MerException("native code failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MerException("interrupted while native code ran", e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
