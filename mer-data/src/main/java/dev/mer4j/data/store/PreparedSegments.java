package dev.mer4j.data.store;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.Coverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a {@link Preparation}, video by video, in the order of the store that it would
 * write. A few videos are in memory at a time. Not thread-safe; must be closed.
 */
public final class PreparedSegments implements Iterator<PreparedSegments.Video>, AutoCloseable {
  private final PrepareOptions options;
  private final OpenedPreparation opened;
  private final int total;
  private final Iterator<String> names;
  private final VideoQueue queue;
  private final @Nullable List<ShardFormat.Video> read;

  /**
   * Starts to read videos.
   *
   * @param names of the videos to read, in the order of the store
   * @param recorded whether to keep the statistics of each video
   */
  PreparedSegments(
      PrepareOptions options, OpenedPreparation opened, List<String> names, boolean recorded) {
    this.options = options;
    this.opened = opened;
    read = recorded ? new ArrayList<>() : null;
    total = names.size();
    this.names = names.iterator();
    queue = new VideoQueue(opened.preparers(), names);
  }

  /**
   * The segments of one video.
   *
   * @param split of the video
   * @param segments in the order of the files; none if the video has none, or all were dropped
   */
  public record Video(String name, Split split, List<Segment> segments) {
    public Video {
      segments = List.copyOf(segments);
    }
  }

  /** Returns D of each modality. */
  public PerModality<Integer> widths() {
    return opened.widths();
  }

  /** Returns the labels of the data set, in order. */
  public List<Emotion> labels() {
    return opened.labels();
  }

  /** Returns the number of videos. */
  public int videos() {
    return total;
  }

  @Override
  public boolean hasNext() {
    return names.hasNext();
  }

  /**
   * Returns the segments of the next video, with the values that the store would return.
   *
   * @throws dev.mer4j.MerException if the video cannot be read
   */
  @Override
  public Video next() {
    Video video = nextUnrounded();
    return new Video(
        video.name(),
        video.split(),
        video.segments().stream().map(segment -> stored(segment, options.precision())).toList());
  }

  /** Returns the segments of the next video in float32, whatever the precision of the options. */
  Video nextUnrounded() {
    String name = names.next();
    PreparedVideo prepared = queue.next();
    Split split = opened.add(name, prepared.infos(), prepared.statistics());
    if (read != null) {
      read.add(ShardFormat.Video.of(name, prepared));
    }
    return new Video(name, split, prepared.segments());
  }

  /** Returns a segment with the values that a store of this precision returns. */
  static Segment stored(Segment segment, Precision precision) {
    if (precision == Precision.FLOAT32) {
      return segment;
    }
    return new Segment(
        segment.id(),
        segment.group(),
        segment.start(),
        segment.end(),
        segment.scores(),
        segment.features().map(precision::round));
  }

  /**
   * Checks the segments read so far.
   *
   * @throws dev.mer4j.MerException if there is none, or if a split or a modality has none
   */
  public void check() {
    opened.check();
  }

  /** Returns which data of the videos read so far are in segments, and which are not. */
  public Coverage coverage() {
    return opened.coverage();
  }

  /**
   * Writes the statistics of the videos read so far, for {@link ShardedPreparation#describe}.
   *
   * @param file in an existing folder; replaced if it exists
   * @throws dev.mer4j.FileException if it cannot be written
   * @throws IllegalStateException if these are the segments of {@link Preparation#open()}
   */
  public void saveStatistics(Path file) {
    List<ShardFormat.Video> videos = read;
    if (videos == null) {
      throw new IllegalStateException("only open(from, to) records statistics");
    }
    ShardWriter.write(
        file,
        opened.shardFormat(),
        shard -> {
          for (ShardFormat.Video video : videos) {
            shard.add(video);
          }
        });
  }

  /** Returns the description of a store of the videos read so far. */
  StoreInfo info(List<StoreInfo.Source> sources) {
    return opened.info(sources);
  }

  @Override
  public void close() {
    queue.close();
    opened.close();
  }
}
