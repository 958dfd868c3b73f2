package dev.mer4j.train.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs one after another in the calling thread, or concurrently. A failed job does not stop
 * the others; an interrupt of the calling thread interrupts all of them.
 */
final class Workers {
  private final int parallel;

  Workers(int parallel) {
    this.parallel = parallel;
  }

  /**
   * Waits until all jobs have finished. If the thread is interrupted, its interrupt flag is set.
   *
   * @throws RuntimeException the exception of the first failed job; exceptions of others are
   *     suppressed in it
   */
  void run(List<? extends Callable<?>> jobs) {
    List<Throwable> failures = parallel == 1 ? inTurn(jobs) : atOnce(jobs);
    if (failures.isEmpty()) {
      return;
    }
    Throwable first = failures.get(0);
    failures.stream().skip(1).filter(other -> other != first).forEach(first::addSuppressed);
    if (first instanceof Error error) {
      throw error;
    }
    throw first instanceof RuntimeException known ? known : new IllegalStateException(first);
  }

  private static List<Throwable> inTurn(List<? extends Callable<?>> jobs) {
    List<Throwable> failures = new ArrayList<>();
    for (Callable<?> job : jobs) {
      try {
        job.call();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      } catch (Exception | Error e) {
        failures.add(e);
      }
    }
    return failures;
  }

  private List<Throwable> atOnce(List<? extends Callable<?>> jobs) {
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    List<Throwable> failures = new ArrayList<>();
    try {
      List<Future<?>> futures = new ArrayList<>();
      jobs.forEach(job -> futures.add(threads.submit(job)));
      for (Future<?> future : futures) {
        Throwable failure = failure(future);
        if (failure != null) {
          failures.add(failure);
        }
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      awaitEnd(threads);
      Thread.currentThread().interrupt();
    } finally {
      threads.shutdown();
    }
    return failures;
  }

  private static @Nullable Throwable failure(Future<?> future) throws InterruptedException {
    try {
      future.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  private static void awaitEnd(ExecutorService threads) {
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        // The interrupted jobs are saving their work.
      }
    }
  }
}
