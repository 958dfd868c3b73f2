package dev.mer4j.data.store;

import dev.mer4j.ConfigException;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.source.FeatureSource;

/**
 * The settings of {@link PreparationBuilder}.
 *
 * @param strict whether an unusable entry raises an error
 * @param sha256 whether to record the SHA-256 of the files
 * @param threads the number of videos to prepare in parallel
 */
record PreparationSettings(
    FeatureSource data,
    Folds folds,
    PrepareOptions options,
    PreparationProgress progress,
    boolean strict,
    boolean sha256,
    int threads) {
  PreparationSettings {
    if (threads < 1) {
      throw new ConfigException("prepare: threads must be at least 1: " + threads);
    }
  }
}
