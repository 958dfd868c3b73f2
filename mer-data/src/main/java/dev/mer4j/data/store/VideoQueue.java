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
 * Prepares videos in parallel and returns them in order, so that the store does not depend on the
 * number of threads. A few videos are in memory at a time.
 */
final class VideoQueue implements AutoCloseable {
  private final BlockingQueue<VideoPreparer> idle;
  private final ExecutorService threads;
  private final Iterator<String> videos;
  private final Deque<Future<PreparedVideo>> pending = new ArrayDeque<>();
  private final int capacity;

  /**
   * Starts the preparation.
   *
   * @param preparers one preparer per thread
   */
  VideoQueue(List<VideoPreparer> preparers, Iterable<String> videos) {
    idle = new ArrayBlockingQueue<>(preparers.size(), false, preparers);
    threads = Executors.newFixedThreadPool(preparers.size());
    capacity = 2 * preparers.size();
    this.videos = videos.iterator();
  }

  /** Returns the next video; a next video must exist. */
  PreparedVideo next() {
    while (pending.size() < capacity && videos.hasNext()) {
      String video = videos.next();
      pending.add(threads.submit(() -> prepare(video)));
    }
    try {
      return pending.remove().get();
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
   * Waits for the videos in preparation despite interrupts and discards them, because their sources
   * are closed next.
   */
  @Override
  public void close() {
    pending.forEach(video -> video.cancel(false));
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
