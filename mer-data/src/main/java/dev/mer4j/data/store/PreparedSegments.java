package dev.mer4j.data.store;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.Coverage;
import dev.mer4j.data.coverage.CoverageScan;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

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
  private final VideoSource source;

  private PreparedSegments(
      FeatureSource data,
      PrepareOptions options,
      Folds folds,
      CoverageScan coverage,
      List<VideoPreparer> preparers,
      Videos videos) {
    this.data = data;
    this.options = options;
    this.folds = folds;
    this.preparers = preparers;
    VideoPreparer first = preparers.get(0);
    counts = new PreparationCounts(first.widths(), data.emotions(), coverage);
    total = videos.names().size();
    names = videos.names().iterator();
    source = videos.source();
  }

  /** Prepared videos and their names. */
  private record Videos(List<String> names, VideoSource source) {}

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

  /** Opens the files. */
  static PreparedSegments open(
      FeatureSource data, PrepareOptions options, Folds folds, Settings settings) {
    return open(
        data,
        options,
        folds,
        settings,
        preparers -> {
          List<String> names = List.copyOf(preparers.get(0).videos());
          List<String> read = settings.range().of(names);
          return new Videos(read, new VideoQueue(preparers, read));
        });
  }

  /** Opens the files, and reads the prepared videos of shards. */
  static PreparedSegments merge(
      FeatureSource data,
      PrepareOptions options,
      Folds folds,
      Settings settings,
      List<Path> shards) {
    ShardFormat format = ShardFormat.of(data);
    return open(
        data,
        options,
        folds,
        settings,
        preparers -> {
          VideoPreparer first = preparers.get(0);
          return new Videos(
              List.copyOf(first.videos()), new ShardReader(format, first.widths(), shards));
        });
  }

  /**
   * How to read files.
   *
   * @param strict whether an unusable entry raises an error
   * @param threads the number of videos to prepare in parallel
   * @param range the videos to read
   */
  record Settings(boolean strict, int threads, Range range) {}

  /** The videos [from, to). */
  record Range(int from, int to) {
    static final Range ALL = new Range(0, Integer.MAX_VALUE);

    List<String> of(List<String> names) {
      return names.subList(Math.min(from, names.size()), Math.min(to, names.size()));
    }
  }

  private static PreparedSegments open(
      FeatureSource data,
      PrepareOptions options,
      Folds folds,
      Settings settings,
      Function<List<VideoPreparer>, Videos> videos) {
    List<VideoPreparer> preparers = new ArrayList<>();
    try {
      VideoPreparer first = VideoPreparer.open(data, options, settings.strict());
      preparers.add(first);
      while (preparers.size() < settings.threads()) {
        preparers.add(first.reopen(settings.strict()));
      }
      Folds matched = folds.matchedTo(first.videos());
      CoverageScan coverage = new CoverageScan(data, first.reader(), matched);
      coverage.checkFolds();
      return new PreparedSegments(
          data, options, matched, coverage, preparers, videos.apply(preparers));
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
    PreparedVideo prepared = source.next(name);
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
        segment.features().map(precision::round));
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
    source.close();
    preparers.forEach(VideoPreparer::close);
  }
}
