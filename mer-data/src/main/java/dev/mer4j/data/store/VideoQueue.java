package dev.mer4j.data.store;

import dev.mer4j.MerException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Prepares videos side by side and hands them out in order, so that the store is the same whatever
 * the number of threads. A few videos are in memory at a time.
 */
final class VideoQueue implements AutoCloseable {
  private final BlockingQueue<VideoPreparer> idle;
  private final ExecutorService threads;
  private final Iterator<String> videos;
  private final Deque<Future<PreparedVideo>> ahead = new ArrayDeque<>();
  private final int most;

  /**
   * Starts to prepare.
   *
   * @param preparers one for each thread
   */
  VideoQueue(List<VideoPreparer> preparers, Iterable<String> videos) {
    idle = new ArrayBlockingQueue<>(preparers.size(), false, preparers);
    threads = Executors.newFixedThreadPool(preparers.size());
    most = 2 * preparers.size();
    this.videos = videos.iterator();
  }

  /** Returns the next video, in order; there must be one. */
  PreparedVideo next() {
    while (ahead.size() < most && videos.hasNext()) {
      String video = videos.next();
      ahead.add(threads.submit(() -> prepare(video)));
    }
    try {
      return ahead.remove().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MerException("interrupted while preparing", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
  }

  private PreparedVideo prepare(String video) throws InterruptedException {
    VideoPreparer preparer = idle.take();
    try {
      return preparer.prepare(video);
    } finally {
      idle.add(preparer);
    }
  }

  /**
   * Waits for the videos that are being prepared, whatever interrupts, and forgets them: their
   * sources are closed next.
   */
  @Override
  public void close() {
    ahead.forEach(video -> video.cancel(false));
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        var unused = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
