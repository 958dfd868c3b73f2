package dev.mer4j.core.internal.cpu;

import dev.mer4j.MerException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread pool for the tasks of a backend. OpenMP uses one thread in each of its threads, unless a
 * factory method says otherwise, so that tasks run in parallel without oversubscribing the cores.
 *
 * <p>A thread ends after {@value #IDLE_MILLIS} ms without work, so that a pool that is never closed
 * keeps no thread.
 */
public final class Workers implements AutoCloseable {
  /** The time after which an idle thread ends, in milliseconds. */
  static final long IDLE_MILLIS = 2000;

  static final String THREAD_NAME = "mer4j-worker";

  private final ThreadPoolExecutor threads;

  /** Whether the thread that calls {@link #run} runs tasks, too. */
  private final boolean callerRuns;

  /** The most threads of the pool that share the tasks of a call, if the caller runs tasks. */
  private final int helpers;

  /** Creates a pool that starts up to {@code count} threads on demand. */
  public Workers(int count) {
    this(count, false, 0, new LinkedBlockingQueue<>(), () -> OpenMp.use(1));
  }

  private Workers(
      int count,
      boolean callerRuns,
      int helpers,
      BlockingQueue<Runnable> queue,
      Runnable preparation) {
    this.callerRuns = callerRuns;
    this.helpers = helpers;
    threads =
        new ThreadPoolExecutor(
            queue instanceof SynchronousQueue ? 0 : count,
            count,
            IDLE_MILLIS,
            TimeUnit.MILLISECONDS,
            queue,
            work -> {
              Thread thread =
                  new Thread(
                      () -> {
                        try {
                          preparation.run();
                        } finally {
                          work.run();
                        }
                      },
                      THREAD_NAME);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Returns a pool of one thread in which OpenMP uses the whole thread budget. */
  public static Workers single() {
    int openMpThreads = ThreadBudget.threads();
    return new Workers(1, false, 0, new LinkedBlockingQueue<>(), () -> OpenMp.use(openMpThreads));
  }

  /**
   * Returns workers that run a call's tasks in the calling thread and in up to {@code count - 1}
   * threads that all calls share. The tasks must not use OpenMP.
   */
  public static Workers shared(int count) {
    int helpers = count - 1;
    return new Workers(Math.max(1, helpers), true, helpers, new LinkedBlockingQueue<>(), () -> {});
  }

  /**
   * Returns workers that run each call's tasks in {@code count} threads of its own, the calling one
   * among them. The tasks must not use OpenMP.
   */
  public static Workers perCall(int count) {
    return new Workers(Integer.MAX_VALUE, true, count - 1, new SynchronousQueue<>(), () -> {});
  }

  /**
   * A unit of work.
   *
   * @param cost the relative duration, in any unit
   */
  public record Task(long cost, Runnable work) {}

  /**
   * Runs all tasks, the most expensive first, and waits for all of them. An interrupt does not end
   * the wait, because running tasks use the memory of a pass; the interrupt flag is kept.
   *
   * @throws MerException the failure of the most expensive task that failed; other exceptions are
   *     wrapped
   */
  public void run(List<Task> tasks) {
    List<Task> sorted =
        tasks.stream().sorted(Comparator.comparingLong(Task::cost).reversed()).toList();
    if (callerRuns) {
      runInCaller(sorted);
    } else {
      runInPool(sorted);
    }
  }

  private void runInCaller(List<Task> tasks) {
    List<CompletableFuture<Void>> done =
        tasks.stream().map(task -> new CompletableFuture<Void>()).toList();
    AtomicInteger next = new AtomicInteger();
    Runnable share =
        () -> {
          for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
            try {
              tasks.get(i).work().run();
              done.get(i).complete(null);
            } catch (Throwable e) { // A task that completes in no way would block the caller.
              done.get(i).completeExceptionally(e);
            }
          }
        };
    try {
      for (int helper = 0; helper < Math.min(helpers, tasks.size() - 1); helper++) {
        threads.execute(share);
      }
    } finally {
      // Also if a thread could not be started, because other tasks are running.
      share.run();
      done.forEach(task -> task.exceptionally(failure -> null).join());
      Reference.reachabilityFence(tasks);
    }
    done.forEach(Workers::throwFailure);
  }

  private void runInPool(List<Task> tasks) {
    List<CompletableFuture<Void>> started = new ArrayList<>(tasks.size());
    try {
      tasks.forEach(task -> started.add(CompletableFuture.runAsync(task.work(), threads)));
    } finally {
      // Also if a thread could not be started, because other tasks are running.
      started.forEach(task -> task.exceptionally(failure -> null).join());
      Reference.reachabilityFence(tasks);
    }
    started.forEach(Workers::throwFailure);
  }

  private static void throwFailure(CompletableFuture<Void> task) {
    try {
      task.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof MerException ours) {
        throw ours;
      }
      throw new MerException("a task failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
