package dev.mer4j.spark;

import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.PreparedSegments;
import dev.mer4j.data.store.StorePart;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The segments of one video after the other, on an executor. At the end, their statistics are
 * written for the driver.
 */
final class PreparedItems implements Iterator<PreparedItems.Item> {
  private final PreparedSegments videos;
  private final Runnable end;
  private final Deque<Item> pending = new ArrayDeque<>();
  private boolean ended;

  private PreparedItems(PreparedSegments videos, Runnable end) {
    this.videos = videos;
    this.end = end;
  }

  /** A segment and its split. */
  record Item(Segment segment, Split split) {}

  /**
   * Opens videos until the end of the task.
   *
   * @param folder of the statistics
   */
  static PreparedItems open(
      Broadcast<SharedPreparation> preparation, StorePart part, String folder) {
    PreparedSegments open = preparation.value().get().sharded().open(part.from(), part.to());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> open.close());
    return new PreparedItems(open, () -> open.saveStatistics(TaskFiles.file(folder, part)));
  }

  @Override
  public boolean hasNext() {
    while (pending.isEmpty() && videos.hasNext()) {
      PreparedSegments.Video video = videos.next();
      video.segments().forEach(segment -> pending.add(new Item(segment, video.split())));
    }
    if (pending.isEmpty() && !ended) {
      ended = true;
      end.run();
    }
    return !pending.isEmpty();
  }

  @Override
  public Item next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return pending.remove();
  }
}
