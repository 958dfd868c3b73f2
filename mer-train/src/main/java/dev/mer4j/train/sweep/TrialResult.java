package dev.mer4j.train.sweep;

import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.train.checkpoint.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The file of a trial that is done: what it was trained with, and its scores.
 *
 * @param trial its scores are in the order of the alphabet once read
 */
record TrialResult(Fingerprint fingerprint, Trial trial) {
  void write(Path file) {
    ModelFile.write(file, this);
  }

  /**
   * Reads a result.
   *
   * @param now what the trial would be trained with now
   * @return empty if there is none
   * @throws dev.mer4j.ConfigException if the trial was trained with something else
   */
  static Optional<TrialResult> read(Path file, Supplier<Fingerprint> now) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    TrialResult result = ModelFile.read(file, TrialResult.class);
    result.fingerprint().requireSame(file, now.get());
    return Optional.of(result);
  }
}
