package dev.mer4j.train;

import dev.mer4j.FileException;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Saves checkpoints at the configured intervals. */
final class CheckpointScheduler {
  private static final double NANOS_PER_MINUTE = 60e9;

  private final @Nullable CheckpointFolder folder;
  private final TrainerConfig config;
  private final TrainingState state;
  private final TrainingListener events;
  private final LongSupplier nanoTime;
  private long savedAt;

  CheckpointScheduler(
      @Nullable CheckpointFolder folder,
      TrainerConfig config,
      TrainingState state,
      TrainingListener events,
      LongSupplier nanoTime) {
    this.folder = folder;
    this.config = config;
    this.state = state;
    this.events = events;
    this.nanoTime = nanoTime;
    this.savedAt = nanoTime.getAsLong();
  }

  /** Saves if the last checkpoint is older than the configured minutes. */
  void stepFinished() {
    double minutes = (nanoTime.getAsLong() - savedAt) / NANOS_PER_MINUTE;
    if (config.checkpointMinutes() > 0 && minutes >= config.checkpointMinutes()) {
      save();
    }
  }

  /** Saves if the configured number of epochs has passed, or the run is finished. */
  void epochFinished() {
    if (state.epoch() % config.checkpointEvery() == 0 || state.isFinished()) {
      save();
    }
  }

  /**
   * Saves the current state, unless no step has been taken or there is no folder.
   *
   * @throws FileException if the checkpoint cannot be written
   */
  Optional<Path> save() {
    if (folder == null || (state.epoch() == 0 && state.totals().steps() == 0)) {
      return Optional.empty();
    }
    Path file = folder.save(state.checkpoint());
    savedAt = nanoTime.getAsLong();
    events.checkpointSaved(file);
    return Optional.of(file);
  }
}
