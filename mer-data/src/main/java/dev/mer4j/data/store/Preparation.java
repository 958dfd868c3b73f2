package dev.mer4j.data.store;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.file.IoReason;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Converts raw files to a store: reads, sanitizes, truncates and writes every segment, with a few
 * videos in memory at a time. Without folds, every segment is in {@link Split#NONE}.
 *
 * <p>An unusable entry is skipped and recorded in {@link StoreInfo#faults}; in strict mode it
 * raises an error. All other data in no segment or no fold are counted and listed in {@link
 * StoreInfo#coverage}.
 */
public final class Preparation {
  private static final int MAX_DEFAULT_THREADS = 4;

  private final FeatureSource data;
  private final Folds folds;
  private final PrepareOptions options;
  private final Progress progress;
  private final boolean strict;
  private final boolean sha256;
  private final int threads;

  /** Knows the widths, also after it is closed; null before the files are first opened. */
  private @Nullable VideoPreparer first;

  private Preparation(Builder builder) {
    if (builder.threads < 1) {
      throw new ConfigException("prepare: threads must be at least 1: " + builder.threads);
    }
    data = builder.data;
    folds = builder.folds;
    options = builder.options;
    progress = builder.progress;
    strict = builder.strict;
    sha256 = builder.sha256;
    threads = builder.threads;
  }

  public static Builder builder(CsdFolder data) {
    return builder(new CsdSource(data));
  }

  /** Starts with the splits of the source, if it defines some. */
  public static Builder builder(FeatureSource data) {
    return new Builder(data);
  }

  /** A listener for the progress of a preparation. */
  @FunctionalInterface
  public interface Progress {
    /** Called after every video. */
    void prepared(int done, int total);
  }

  /**
   * Writes the store and atomically replaces an existing one at the end.
   *
   * @return the description of the store
   * @throws dev.mer4j.FileException as {@link #run(OutputFile)}
   */
  public StoreInfo run(Path store) {
    return run(OutputFile.of(store, SegmentStore.MARK));
  }

  /**
   * Writes the store, atomically at the end.
   *
   * @param store the output with {@link SegmentStore#MARK}; it must not be an input file
   * @return the description of the store
   * @throws dev.mer4j.FileException if a file cannot be read or has no segments, if an id of a fold
   *     matches several videos, or if the store cannot be written, would replace an input or a file
   *     that is not a store, or is being written by another process; no new store is created then
   * @throws dev.mer4j.MerException if a modality or a fold has no segments
   */
  public StoreInfo run(OutputFile store) {
    require(store);
    AtomicReference<StoreInfo> written = new AtomicReference<>();
    store
        .protecting(data.files())
        .writeLocked(
            channel -> {
              // Opened again if an interrupt closed the channel.
              try (PreparedSegments segments = open()) {
                written.set(write(segments, Sources.of(data, sha256), channel));
              }
            });
    return written.get();
  }

  /**
   * Checks that the store may be written.
   *
   * @throws dev.mer4j.FileException as {@link #run(OutputFile)}
   */
  public void require(OutputFile store) {
    store.protecting(data.files()).require();
  }

  /**
   * Returns the names of the videos, in the order of the store.
   *
   * @throws dev.mer4j.FileException if a file cannot be used at all
   */
  public List<String> videos() {
    try (VideoPreparer preparer = preparer()) {
      return List.copyOf(preparer.videos());
    }
  }

  /**
   * Prepares the videos [from, to) in a thread and writes them, in the calling one, to a shard for
   * {@link #merge}. The shard appears as a whole.
   *
   * @param shard in an existing folder; replaced if it exists
   * @throws dev.mer4j.MerException if a video cannot be read, the shard cannot be written, or the
   *     thread is interrupted
   */
  public void writeShard(int from, int to, Path shard) {
    try (VideoPreparer preparer = preparer()) {
      List<String> names = range(List.copyOf(preparer.videos()), from, to);
      try (VideoQueue queue = new VideoQueue(List.of(preparer), names)) {
        ShardWriter.write(
            shard,
            ShardFormat.of(data),
            writer -> {
              RecordWriter records = writer.records(options.precision());
              for (String name : names) {
                writer.add(name, queue.next(), records);
              }
            });
      }
    }
  }

  private static List<String> range(List<String> names, int from, int to) {
    return names.subList(Math.min(from, names.size()), Math.min(to, names.size()));
  }

  /** The shards of all videos, which {@link #merge} reads one after the other. */
  @FunctionalInterface
  public interface Shards {
    /**
     * Returns the shards in the order of their videos. {@link Iterator#next} may wait until the
     * shard is written; a shard is read completely before the next one is requested.
     *
     * @param videos the number of videos
     */
    Iterator<Path> of(int videos);
  }

  /**
   * Merges shards as {@link #merge(Shards, OutputFile)} does.
   *
   * @param shards of all videos, in their order
   * @throws dev.mer4j.MerException as {@link #merge(Shards, OutputFile)}
   */
  public StoreInfo merge(List<Path> shards, OutputFile store) {
    return merge(unused -> shards.iterator(), store);
  }

  /**
   * Writes the store that {@link #run(OutputFile)} would write, byte for byte. The features are
   * copied from file to file.
   *
   * @param shards requested once the store is known to be writable
   * @throws dev.mer4j.MerException as {@link #run(OutputFile)}, if a shard is damaged, or if the
   *     thread is interrupted
   */
  public StoreInfo merge(Shards shards, OutputFile store) {
    require(store);
    AtomicReference<StoreInfo> written = new AtomicReference<>();
    AtomicBoolean begun = new AtomicBoolean();
    store
        .protecting(data.files())
        .writeLocked(
            channel -> {
              if (begun.getAndSet(true)) {
                throw new MerException("interrupted while merging shards");
              }
              written.set(merge(shards, channel));
            });
    return written.get();
  }

  private StoreInfo merge(Shards shards, FileChannel channel) throws IOException {
    try (OpenedPreparation opened = opened(1)) {
      List<StoreInfo.Source> sources = Sources.of(data, sha256);
      StoreWriter writer = writer(channel);
      int total = opened.videos().size();
      AtomicInteger done = new AtomicInteger();
      new ShardMerge(opened)
          .run(
              shards.of(total),
              shard ->
                  writer.add(
                      shard,
                      video -> {
                        progress.prepared(done.incrementAndGet(), total);
                        return opened.add(video.name(), video.infos(), video.statistics());
                      }));
      StoreInfo info = opened.info(sources);
      writer.finish(info);
      return info;
    }
  }

  /**
   * Returns the description of the store that {@link #run(OutputFile)} would write.
   *
   * @param statistics files of {@link PreparedSegments#saveStatistics} with all videos, in their
   *     order
   * @throws dev.mer4j.MerException if a file is damaged or missing, or if a modality or a fold has
   *     no segments
   */
  public StoreInfo describe(List<Path> statistics) {
    try (OpenedPreparation opened = opened(1)) {
      List<StoreInfo.Source> sources = Sources.of(data, sha256);
      new ShardMerge(opened)
          .run(
              statistics.iterator(),
              shard ->
                  shard
                      .videos()
                      .forEach(
                          video -> opened.add(video.name(), video.infos(), video.statistics())));
      return opened.info(sources);
    } catch (IOException e) {
      throw new FileException(data.labels(), "cannot be described: " + IoReason.of(e), e);
    }
  }

  /**
   * Opens the files to read the prepared segments without a store.
   *
   * @throws dev.mer4j.FileException if a file cannot be used at all, or if an id of a fold matches
   *     several videos
   * @throws dev.mer4j.MerException if a split has no video
   */
  public PreparedSegments open() {
    OpenedPreparation opened = opened(threads);
    return new PreparedSegments(options, opened, opened.videos(), false);
  }

  /**
   * Opens the files to read some of the videos, as {@link #open()}, in one thread, and records
   * their statistics for {@link PreparedSegments#saveStatistics}.
   *
   * @param from the first video of {@link #videos}
   * @param to the end
   */
  public PreparedSegments open(int from, int to) {
    OpenedPreparation opened = opened(1);
    return new PreparedSegments(options, opened, range(opened.videos(), from, to), true);
  }

  private OpenedPreparation opened(int parallel) {
    List<VideoPreparer> preparers = new ArrayList<>();
    try {
      while (preparers.size() < parallel) {
        preparers.add(preparer());
      }
    } catch (RuntimeException e) {
      preparers.forEach(VideoPreparer::close);
      throw e;
    }
    return new OpenedPreparation(data, options, folds, preparers);
  }

  /** Opens the files. The widths of modalities are determined once. */
  private synchronized VideoPreparer preparer() {
    VideoPreparer known = first;
    if (known == null) {
      try (VideoPreparer opened = VideoPreparer.open(data, options, strict)) {
        known = opened;
        first = opened;
      }
    }
    return known.reopen(strict);
  }

  /**
   * Returns one segment with the values that the store would return; reads only its video.
   *
   * @throws dev.mer4j.MerException if there is no such segment, it was dropped because it lacks a
   *     modality, or its video cannot be read
   */
  public Segment segment(SegmentId id) {
    try (VideoPreparer preparer = preparer()) {
      return PreparedSegments.stored(preparer.segment(id), options.precision());
    }
  }

  private StoreInfo write(
      PreparedSegments segments, List<StoreInfo.Source> sources, FileChannel channel)
      throws IOException {
    StoreWriter writer = writer(channel);
    int done = 0;
    while (segments.hasNext()) {
      PreparedSegments.Video video = segments.nextUnrounded();
      for (Segment segment : video.segments()) {
        writer.add(segment, video.split());
      }
      progress.prepared(++done, segments.videos());
    }
    segments.check();
    StoreInfo info = segments.info(sources);
    writer.finish(info);
    return info;
  }

  private StoreWriter writer(FileChannel channel) throws IOException {
    return new StoreWriter(
        channel, options.precision(), ModalitySet.of(data.features().modalities()));
  }

  /** Builds a {@link Preparation}. */
  public static final class Builder {
    private final FeatureSource data;
    private Folds folds;
    private PrepareOptions options = PrepareOptions.DEFAULT;
    private Progress progress = (done, total) -> {};
    private boolean strict;
    private boolean sha256;
    private int threads = Math.min(MAX_DEFAULT_THREADS, Runtime.getRuntime().availableProcessors());

    private Builder(FeatureSource data) {
      this.data = data;
      folds = data.folds();
    }

    /** Sets the videos of each split. Defaults to the splits of the source. */
    public Builder folds(Folds folds) {
      this.folds = folds;
      return this;
    }

    /** Sets the options. Defaults to {@link PrepareOptions#DEFAULT}. */
    public Builder options(PrepareOptions options) {
      this.options = options;
      return this;
    }

    /** Sets the listener that is notified of the progress. */
    public Builder progress(Progress progress) {
      this.progress = progress;
      return this;
    }

    /** Sets whether an unusable entry raises an error. Defaults to false. */
    public Builder strict(boolean strict) {
      this.strict = strict;
      return this;
    }

    /**
     * Sets whether to record the SHA-256 of the files, which requires another pass over them.
     * Defaults to false.
     */
    public Builder sha256(boolean sha256) {
      this.sha256 = sha256;
      return this;
    }

    /**
     * Sets the number of videos to prepare in parallel; each requires separate memory. Defaults to
     * the number of processors, at most 4.
     */
    public Builder threads(int threads) {
      this.threads = threads;
      return this;
    }

    /**
     * Returns the preparation.
     *
     * @throws ConfigException if a setting is out of range
     */
    public Preparation build() {
      return new Preparation(this);
    }
  }
}
