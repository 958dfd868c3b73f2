package dev.mer4j.core.cpu;

import dev.mer4j.MerException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads in which OpenMP has one thread each, unless told otherwise: they run native code side by
 * side without crowding the cores.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService threads;

  /** Starts up to {@code count} threads, as tasks come. */
  public Workers(int count) {
    this(count, 1);
  }

  private Workers(int count, int openMpThreads) {
    threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread =
                  new Thread(
                      () -> {
                        OpenMp.use(openMpThreads);
                        work.run();
                      },
                      "mer4j-worker");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** One thread, in which native code may use the whole budget of threads by itself. */
  public static Workers single() {
    return new Workers(1, ThreadBudget.threads());
  }

  /**
   * A piece of work.
   *
   * @param cost how long it takes beside the others, in any unit
   */
  public record Task(long cost, Runnable work) {}

  /** Runs all tasks, the dearest first, and returns when the last has ended. */
  public void run(List<Task> tasks) {
    List<Callable<Object>> calls =
        tasks.stream()
            .sorted(Comparator.comparingLong(Task::cost).reversed())
            .map(task -> Executors.callable(task.work()))
            .toList();
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
