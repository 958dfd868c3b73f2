package dev.mer4j.train;

import dev.mer4j.MerException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when too many consecutive steps have a loss or gradient that is not finite. */
public final class DivergenceException extends MerException {
  private static final long serialVersionUID = 1L;
  private final transient Diagnosis diagnosis;
  private final transient @Nullable Path checkpoint;

  DivergenceException(
      int skipped, double learningRate, Diagnosis diagnosis, Optional<Path> checkpoint) {
    super(
        String.format(
            Locale.ROOT,
            "training stopped in epoch %d: %d consecutive steps were not finite; the last, step"
                + " %d, had loss %s and gradient norm %s; %s; check the features for extreme"
                + " values,"
                + " or lower the learning rate (%s)%s",
            diagnosis.step().epoch(),
            skipped,
            diagnosis.step().step(),
            diagnosis.step().loss(),
            diagnosis.step().gradientNorm(),
            diagnosis,
            learningRate,
            checkpoint.map(file -> "; the last finite state is in " + file).orElse("")));
    this.diagnosis = diagnosis;
    this.checkpoint = checkpoint.orElse(null);
  }

  /** Returns the diagnosis. */
  public Diagnosis diagnosis() {
    return diagnosis;
  }

  /** Returns the file of the last finite state, or empty if the run keeps no checkpoints. */
  public Optional<Path> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }
}
