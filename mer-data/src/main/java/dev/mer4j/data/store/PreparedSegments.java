package dev.mer4j.data.store;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Features;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.data.coverage.CoverageScan;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The segments of a {@link Preparation}, video by video, in the order of the store that it would
 * write. A few videos are in memory at a time. Not thread-safe; must be closed.
 */
public final class PreparedSegments implements Iterator<PreparedSegments.Video>, AutoCloseable {
  private final FeatureSource data;
  private final PrepareOptions options;
  private final List<VideoPreparer> preparers;
  private final Folds folds;
  private final PreparationCounts counts;
  private final int total;
  private final Iterator<String> names;
  private final VideoQueue queue;

  private PreparedSegments(
      FeatureSource data,
      PrepareOptions options,
      Folds folds,
      CoverageScan coverage,
      List<VideoPreparer> preparers) {
    this.data = data;
    this.options = options;
    this.folds = folds;
    this.preparers = preparers;
    VideoPreparer first = preparers.get(0);
    counts = new PreparationCounts(first.widths(), data.emotions(), coverage);
    total = first.videos().size();
    names = first.videos().iterator();
    queue = new VideoQueue(preparers, first.videos());
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

  static PreparedSegments open(
      FeatureSource data, PrepareOptions options, Folds folds, boolean strict, int threads) {
    List<VideoPreparer> preparers = new ArrayList<>();
    try {
      VideoPreparer first = VideoPreparer.open(data, options, strict);
      preparers.add(first);
      while (preparers.size() < threads) {
        preparers.add(first.reopen(strict));
      }
      Folds matched = folds.matchedTo(first.videos());
      CoverageScan coverage = new CoverageScan(data, first.reader(), matched);
      coverage.checkFolds();
      return new PreparedSegments(data, options, matched, coverage, preparers);
    } catch (RuntimeException e) {
      preparers.forEach(VideoPreparer::close);
      throw e;
    }
  }

  /** Returns D of each modality. */
  public PerModality<Integer> widths() {
    return preparers.get(0).widths();
  }

  /** Returns the labels of the data set, in order. */
  public List<Emotion> labels() {
    return data.emotions();
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
    Split split = folds.of(name);
    counts.add(name, prepared, split);
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
        segment.features().map(PreparedSegments::rounded));
  }

  private static Features rounded(Features features) {
    float[] values = new float[features.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float16.value(Float16.of(features.values()[i]));
    }
    return new Features(features.steps(), features.width(), values);
  }

  /**
   * Checks the segments read so far.
   *
   * @throws dev.mer4j.MerException if there is none, or if a split or a modality has none
   */
  public void check() {
    counts.check(data);
  }

  /** Returns which data of the videos read so far are in segments, and which are not. */
  public Coverage coverage() {
    return counts.coverage();
  }

  /** Returns the description of a store of the videos read so far. */
  StoreInfo info(List<StoreInfo.Source> sources) {
    return counts.info(options, sources);
  }

  @Override
  public void close() {
    queue.close();
    preparers.forEach(VideoPreparer::close);
  }
}
