package dev.mer4j.spark;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.PreparedSegments;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** The segments of one video after the other, on an executor. */
final class PreparedItems implements Iterator<PreparedItems.Item> {
  private final PreparedSegments videos;
  private final Deque<Item> pending = new ArrayDeque<>();

  private PreparedItems(PreparedSegments videos) {
    this.videos = videos;
  }

  /** A segment and its split. */
  record Item(Segment segment, Split split) {}

  /** Opens videos until the end of the task. */
  static PreparedItems open(PreparationFactory preparation, VideoRange range) {
    PreparedSegments open = preparation.create().open(range.from(), range.to());
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> open.close());
    return new PreparedItems(open);
  }

  List<Emotion> labels() {
    return videos.labels();
  }

  List<Modality> modalities() {
    return videos.widths().modalities();
  }

  @Override
  public boolean hasNext() {
    while (pending.isEmpty() && videos.hasNext()) {
      PreparedSegments.Video video = videos.next();
      video.segments().forEach(segment -> pending.add(new Item(segment, video.split())));
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
