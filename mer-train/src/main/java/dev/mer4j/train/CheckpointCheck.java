package dev.mer4j.train;

import dev.mer4j.FileException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.train.checkpoint.BestEpoch;
import dev.mer4j.train.checkpoint.Checkpoint;
import dev.mer4j.train.checkpoint.CheckpointFolder.Saved;
import java.util.Locale;

/** Checks that a checkpoint with the run's fingerprint also fits the model and the epoch. */
final class CheckpointCheck {
  private CheckpointCheck() {}

  /**
   * Checks that a checkpoint fits the model and the epoch.
   *
   * @param steps the number of steps per epoch
   * @param averaged whether the run has an average of the parameters
   * @throws FileException if it does not fit, because another program wrote or changed the file
   */
  static void requireFit(Saved saved, MultimodalModel model, int steps, boolean averaged) {
    Checkpoint checkpoint = saved.checkpoint();
    if (checkpoint.parameters().length != model.parameters().size()) {
      throw new FileException(
          saved.file(),
          String.format(
              Locale.ROOT,
              "corrupt: it has %d parameters, the model has %d",
              checkpoint.parameters().length,
              model.parameters().size()));
    }
    if (averaged && checkpoint.values().average() == null) {
      throw new FileException(saved.file(), "corrupt: it has no average of the parameters");
    }
    if (checkpoint.step() > steps) {
      throw new FileException(
          saved.file(),
          String.format(
              Locale.ROOT,
              "corrupt: it is at step %d of an epoch of %d steps",
              checkpoint.step(),
              steps));
    }
    LabelSet labels = model.config().labels();
    BestEpoch best = checkpoint.best();
    int thresholds =
        best == null
            ? labels.classCount()
            : best.thresholds().completedFor(labels).perEmotion().size();
    if (thresholds != labels.classCount()) {
      throw new FileException(
          saved.file(),
          String.format(
              Locale.ROOT,
              "damaged: it has %d thresholds, the model has %d classes",
              thresholds,
              labels.classCount()));
    }
    model
        .config()
        .inputs()
        .forEach(
            (modality, width) -> {
              int columns =
                  checkpoint
                      .standardization()
                      .columns()
                      .find(modality)
                      .map(Standardization.Columns::width)
                      .orElse(0);
              if (columns != width) {
                throw new FileException(
                    saved.file(),
                    "corrupt: its standardization of "
                        + modality.key()
                        + " does not fit the model");
              }
            });
  }
}
