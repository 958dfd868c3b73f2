package dev.mer4j.data.store;

import dev.mer4j.ConfigException;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.file.OutputFile;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

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
  private static final int SHARD_BUFFER_BYTES = 1 << 16;

  private final FeatureSource data;
  private final Folds folds;
  private final PrepareOptions options;
  private final Progress progress;
  private final boolean strict;
  private final boolean sha256;
  private final int threads;

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
    return write(open(), store);
  }

  /**
   * Checks that the store may be written.
   *
   * @throws dev.mer4j.FileException as {@link #run(OutputFile)}
   */
  public void require(OutputFile store) {
    store.protecting(data.files()).require();
  }

  private StoreInfo write(PreparedSegments opened, OutputFile store) {
    try (PreparedSegments segments = opened) {
      List<StoreInfo.Source> sources = Sources.of(data, sha256);
      store.protecting(data.files()).writeLocked(channel -> write(segments, sources, channel));
      return segments.info(sources);
    }
  }

  /**
   * Returns the names of the videos, in the order of the store.
   *
   * @throws dev.mer4j.FileException if a file cannot be used at all
   */
  public List<String> videos() {
    try (VideoPreparer preparer = VideoPreparer.open(data, options, strict)) {
      return List.copyOf(preparer.videos());
    }
  }

  /**
   * Prepares the videos [from, to) and writes them to a shard for {@link #merge}, which appears as
   * a whole.
   *
   * @param shard replaced if it is an earlier one
   * @throws dev.mer4j.MerException if a video cannot be read, or the shard cannot be written
   */
  public void writeShard(int from, int to, Path shard) {
    ShardFormat format = ShardFormat.of(data);
    try (VideoPreparer preparer = VideoPreparer.open(data, options, strict)) {
      List<String> names = new PreparedSegments.Range(from, to).of(List.copyOf(preparer.videos()));
      OutputFile.of(shard, ShardFormat.MARK)
          .write(
              channel -> {
                DataOutputStream out =
                    new DataOutputStream(
                        new BufferedOutputStream(
                            Channels.newOutputStream(channel), SHARD_BUFFER_BYTES));
                out.writeLong(ShardFormat.MAGIC);
                for (String name : names) {
                  format.write(name, preparer.prepare(name), out);
                }
                out.flush();
              });
    }
  }

  /**
   * Writes the store that {@link #run(OutputFile)} would write, byte for byte.
   *
   * @param shards of all videos, in their order
   * @throws dev.mer4j.MerException as {@link #run(OutputFile)}, or if a shard is damaged
   */
  public StoreInfo merge(List<Path> shards, OutputFile store) {
    require(store);
    return write(
        PreparedSegments.merge(
            data, options, folds, settings(1, PreparedSegments.Range.ALL), shards),
        store);
  }

  /**
   * Opens the files to read the prepared segments without a store.
   *
   * @throws dev.mer4j.FileException if a file cannot be used at all, or if an id of a fold matches
   *     several videos
   * @throws dev.mer4j.MerException if a split has no video
   */
  public PreparedSegments open() {
    return PreparedSegments.open(
        data, options, folds, settings(threads, PreparedSegments.Range.ALL));
  }

  /**
   * Opens the files to read some of the videos, as {@link #open()}, in one thread.
   *
   * @param from the first video of {@link #videos}
   * @param to the end
   */
  public PreparedSegments open(int from, int to) {
    return PreparedSegments.open(
        data, options, folds, settings(1, new PreparedSegments.Range(from, to)));
  }

  private PreparedSegments.Settings settings(int parallel, PreparedSegments.Range range) {
    return new PreparedSegments.Settings(strict, parallel, range);
  }

  /**
   * Returns one segment with the values that the store would return; reads only its video.
   *
   * @throws dev.mer4j.MerException if there is no such segment, it was dropped because it lacks a
   *     modality, or its video cannot be read
   */
  public Segment segment(SegmentId id) {
    try (VideoPreparer preparer = VideoPreparer.open(data, options, strict)) {
      return PreparedSegments.stored(preparer.segment(id), options.precision());
    }
  }

  private void write(PreparedSegments segments, List<StoreInfo.Source> sources, FileChannel channel)
      throws IOException {
    StoreWriter writer =
        new StoreWriter(channel, options.precision(), ModalitySet.of(data.features().modalities()));
    int done = 0;
    while (segments.hasNext()) {
      PreparedSegments.Video video = segments.nextUnrounded();
      for (Segment segment : video.segments()) {
        writer.add(segment, video.split());
      }
      progress.prepared(++done, segments.videos());
    }
    segments.check();
    writer.finish(segments.info(sources));
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
