package dev.mer4j.data.store;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.CoverageScan;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Turns raw files into a store: cuts, mends, shortens and writes every segment, a few videos in
 * memory at a time. Without folds every segment is in {@link Split#NONE}.
 *
 * <p>An entry that cannot be used is passed over and written down in {@link StoreInfo#faults},
 * unless the preparation is strict. All else that is in no segment or in no fold is counted and
 * named in {@link StoreInfo#coverage}.
 */
public final class Preparation {
  private static final int MOST_THREADS = 4;

  private final CsdFolder data;
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
    return new Builder(data);
  }

  /** Is told how far the preparation has come. */
  @FunctionalInterface
  public interface Progress {
    /** Called after every video. */
    void prepared(int done, int total);
  }

  /**
   * Writes the store, replacing an older one in one move at the end.
   *
   * @return what was done
   * @throws FileException as {@link #run(OutputFile)}
   */
  public StoreInfo run(Path store) {
    return run(OutputFile.of(store, SegmentStore.MARK));
  }

  /**
   * Writes the store in one move at the end.
   *
   * @param store with {@link SegmentStore#MARK}; the files of the data are refused
   * @return what was done
   * @throws FileException if a file cannot be read, gives no segment, an id of a fold could mean
   *     several videos, or the store cannot be written, would replace an input or what is not a
   *     store, or is being written by somebody else; there is no new store then
   * @throws MerException if no segment has a modality of the files, or none is in one of the folds
   */
  public StoreInfo run(OutputFile store) {
    OutputFile output =
        store.protecting(data.features().values()).protecting(List.of(data.labels()));
    output.require();
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
      PreparationCounts tally = new PreparationCounts(first.widths(), coverage);
      List<StoreInfo.Source> sources = Sources.of(data, sha256);
      output.writeLocked(channel -> write(preparers, matched, tally, sources, channel));
      return tally.info(options, sources);
    } finally {
      preparers.forEach(VideoPreparer::close);
    }
  }

  private void write(
      List<VideoPreparer> preparers,
      Folds matched,
      PreparationCounts tally,
      List<StoreInfo.Source> sources,
      FileChannel channel)
      throws IOException {
    Set<String> videos = preparers.get(0).videos();
    StoreWriter writer = new StoreWriter(channel, options.precision());
    try (VideoQueue queue = new VideoQueue(preparers, videos)) {
      int done = 0;
      for (String video : videos) {
        Split split = matched.of(video);
        PreparedVideo prepared = queue.next();
        for (Segment segment : prepared.segments()) {
          writer.add(segment, split);
        }
        tally.add(video, prepared, split);
        progress.prepared(++done, videos.size());
      }
    }
    tally.check(data);
    writer.finish(tally.info(options, sources));
  }

  /** Gathers what a {@link Preparation} needs. */
  public static final class Builder {
    private final CsdFolder data;
    private Folds folds = Folds.none();
    private PrepareOptions options = PrepareOptions.DEFAULT;
    private Progress progress = (done, total) -> {};
    private boolean strict;
    private boolean sha256;
    private int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());

    private Builder(CsdFolder data) {
      this.data = data;
    }

    /** Which videos are in which split; by default none is in any. */
    public Builder folds(Folds folds) {
      this.folds = folds;
      return this;
    }

    /** How to cut, mend and shorten; {@link PrepareOptions#DEFAULT} by default. */
    public Builder options(PrepareOptions options) {
      this.options = options;
      return this;
    }

    /** Whom to tell of the progress. */
    public Builder progress(Progress progress) {
      this.progress = progress;
      return this;
    }

    /** Whether an entry that cannot be used is an error; false by default. */
    public Builder strict(boolean strict) {
      this.strict = strict;
      return this;
    }

    /** Whether to write down the files' SHA-256, which reads them once more; false by default. */
    public Builder sha256(boolean sha256) {
      this.sha256 = sha256;
      return this;
    }

    /**
     * How many videos to prepare side by side, each with memory of its own; by default as many as
     * there are processors, but 4 at most.
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
