package dev.mer4j.train.cluster;

import dev.mer4j.data.store.PreparationFactory;
import dev.mer4j.data.store.PrepareOptions;
import java.nio.file.Path;

/** The segments of a {@link ScoreJob}. */
public sealed interface ScoreData {
  /** The segments of a store. */
  record Store(Path file) implements ScoreData {}

  /** The segments of data that tasks of several videos prepare. */
  record Raw(PreparationFactory preparation) implements ScoreData {}

  /**
   * The rows of Parquet files.
   *
   * @param path a file or a folder
   * @param options how to sanitize and truncate features
   */
  record Parquet(Path path, PrepareOptions options) implements ScoreData {}
}
