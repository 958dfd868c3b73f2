package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.sanitize.Sanitized;
import dev.mer4j.data.sanitize.Sanitizer;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.file.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Turns raw files into a store: cuts, mends, shortens and writes every segment, one video in memory
 * at a time. Without folds every segment is in {@link Split#NONE}.
 */
public final class Preparation {
  private final CsdFolder data;
  private final Folds folds;
  private final PrepareOptions options;
  private final Progress progress;
  private final Sanitizer sanitizer;

  private Preparation(Builder builder) {
    data = builder.data;
    folds = builder.folds;
    options = builder.options;
    progress = builder.progress;
    sanitizer = new Sanitizer(options.sanitize());
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
   * @throws FileException if a file cannot be read or the store cannot be written; there is no new
   *     store then
   */
  public StoreInfo run(Path store) {
    try (SegmentReader reader = SegmentReader.open(data, options.unit())) {
      PreparationTally tally = new PreparationTally(reader.widths());
      AtomicFile.write(store, channel -> write(reader, tally, channel));
      return tally.info(options, data);
    }
  }

  private void write(SegmentReader reader, PreparationTally tally, FileChannel channel)
      throws IOException {
    StoreWriter writer = new StoreWriter(channel);
    int done = 0;
    for (String video : reader.videos()) {
      Split split = folds.of(video);
      List<RawSegment> segments = reader.read(video);
      for (RawSegment raw : segments) {
        writer.add(prepare(raw, split, tally), split);
      }
      tally.video(split, segments.size());
      progress.prepared(++done, reader.videos().size());
    }
    writer.finish(tally.info(options, data));
  }

  private Segment prepare(RawSegment raw, Split split, PreparationTally tally) {
    Map<Modality, Features> features = new EnumMap<>(Modality.class);
    raw.rows()
        .forEach(
            (modality, rows) -> {
              Sanitized mended = sanitizer.sanitize(modality, rows);
              Features kept = options.truncation().apply(mended.features(), options.steps());
              tally.features(modality, split, mended, kept);
              features.put(modality, kept);
            });
    tally.scores(raw.mendedScores());
    return new Segment(raw.id(), raw.start(), raw.end(), raw.scores(), features);
  }

  /** Gathers what a {@link Preparation} needs. */
  public static final class Builder {
    private final CsdFolder data;
    private Folds folds = Folds.none();
    private PrepareOptions options = PrepareOptions.DEFAULT;
    private Progress progress = (done, total) -> {};

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

    public Preparation build() {
      return new Preparation(this);
    }
  }
}
