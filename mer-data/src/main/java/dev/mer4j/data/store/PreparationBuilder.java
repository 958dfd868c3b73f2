package dev.mer4j.data.store;

import dev.mer4j.ConfigException;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;

/** Builds a {@link Preparation}. */
public final class PreparationBuilder {
  private static final int MAX_DEFAULT_THREADS = 4;

  private final FeatureSource data;
  private Folds folds;
  private PrepareOptions options = PrepareOptions.DEFAULT;
  private PreparationProgress progress = (done, total) -> {};
  private boolean strict;
  private boolean sha256;
  private int threads = Math.min(MAX_DEFAULT_THREADS, Runtime.getRuntime().availableProcessors());

  PreparationBuilder(FeatureSource data) {
    this.data = data;
    folds = data.folds();
  }

  /** Sets the videos of each split. Defaults to the splits of the source. */
  public PreparationBuilder folds(Folds folds) {
    this.folds = folds;
    return this;
  }

  /** Sets the options. Defaults to {@link PrepareOptions#DEFAULT}. */
  public PreparationBuilder options(PrepareOptions options) {
    this.options = options;
    return this;
  }

  /** Sets the listener that is notified of the progress. */
  public PreparationBuilder progress(PreparationProgress progress) {
    this.progress = progress;
    return this;
  }

  /** Sets whether an unusable entry raises an error. Defaults to false. */
  public PreparationBuilder strict(boolean strict) {
    this.strict = strict;
    return this;
  }

  /**
   * Sets whether to record the SHA-256 of the files, which requires another pass over them.
   * Defaults to false.
   */
  public PreparationBuilder sha256(boolean sha256) {
    this.sha256 = sha256;
    return this;
  }

  /**
   * Sets the number of videos to prepare in parallel; each requires separate memory. Defaults to
   * the number of processors, at most 4.
   */
  public PreparationBuilder threads(int threads) {
    this.threads = threads;
    return this;
  }

  /**
   * Returns the preparation.
   *
   * @throws ConfigException if a setting is out of range
   */
  public Preparation build() {
    return new Preparation(
        new PreparationFiles(
            new PreparationSettings(data, folds, options, progress, strict, sha256, threads)));
  }
}
