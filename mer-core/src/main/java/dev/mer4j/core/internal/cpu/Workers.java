package dev.mer4j.core.internal.cpu;

import dev.mer4j.MerException;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads in which OpenMP has one thread each, unless told otherwise: they run native code side by
 * side without crowding the cores.
 *
 * <p>A thread without work for {@value #KEPT_MILLIS} ms ends, and another is started when work
 * comes: workers that are never closed keep no thread.
 */
public final class Workers implements AutoCloseable {
  /** How long a thread waits for work, in milliseconds. */
  static final long KEPT_MILLIS = 2000;

  static final String THREAD_NAME = "mer4j-worker";

  private final ThreadPoolExecutor threads;

  /** Starts up to {@code count} threads, as tasks come. */
  public Workers(int count) {
    this(count, 1);
  }

  private Workers(int count, int openMpThreads) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            KEPT_MILLIS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread =
                  new Thread(
                      () -> {
                        try {
                          OpenMp.use(openMpThreads);
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

  /**
   * Runs all tasks, the most expensive first, and returns when the last has ended. An interrupt
   * does not end the wait, because the tasks' memory is in use until they end; the interrupt flag
   * is kept.
   *
   * @throws MerException what the most expensive of the tasks that failed threw; as its cause, if
   *     that is another exception
   */
  public void run(List<Task> tasks) {
    List<CompletableFuture<Void>> begun = new ArrayList<>(tasks.size());
    try {
      tasks.stream()
          .sorted(Comparator.comparingLong(Task::cost).reversed())
          .forEach(task -> begun.add(CompletableFuture.runAsync(task.work(), threads)));
    } finally {
      // Also if no thread could be started for one of them, because the others are running.
      begun.forEach(task -> task.exceptionally(failure -> null).join());
      Reference.reachabilityFence(tasks);
    }
    begun.forEach(Workers::throwFailure);
  }

  private static void throwFailure(CompletableFuture<Void> ended) {
    try {
      ended.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof MerException ours) {
        throw ours;
      }
      throw new MerException("native code failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
