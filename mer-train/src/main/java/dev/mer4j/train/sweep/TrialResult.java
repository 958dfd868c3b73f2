package dev.mer4j.train.sweep;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.train.checkpoint.Fingerprint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The result file of a finished trial: its fingerprint and scores.
 *
 * @param trial the trial; scores read from a file are in alphabetical order
 * @param scoredOn {@link TrialScorer#scoredOn} of the scores; empty in earlier files
 */
record TrialResult(
    Fingerprint fingerprint, Trial trial, @JsonSetter(nulls = Nulls.AS_EMPTY) String scoredOn) {
  void write(Path file) {
    ModelFile.write(file, this);
  }

  /**
   * Reads a result.
   *
   * @param now the fingerprint that the trial would have now
   * @return the result, or empty if the file does not exist
   * @throws dev.mer4j.ConfigException if the result has another fingerprint
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
