package dev.mer4j.train;

import dev.mer4j.FileException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.train.checkpoint.Checkpoint;
import dev.mer4j.train.checkpoint.CheckpointFolder.Saved;
import java.util.Locale;

/** Finds checkpoints that a run cannot continue from, although they are its own. */
final class CheckpointCheck {
  private CheckpointCheck() {}

  /**
   * Requires that a checkpoint of this run fits the model and the epoch.
   *
   * @param steps how many an epoch has
   * @throws FileException if it does not; the file was made or changed by something else
   */
  static void requireFit(Saved saved, MultimodalModel model, int steps) {
    Checkpoint checkpoint = saved.checkpoint();
    if (checkpoint.parameters().length != model.parameters().size()) {
      throw new FileException(
          saved.file(),
          String.format(
              Locale.ROOT,
              "damaged: it has %d parameters, the model has %d",
              checkpoint.parameters().length,
              model.parameters().size()));
    }
    if (checkpoint.step() > steps) {
      throw new FileException(
          saved.file(),
          String.format(
              Locale.ROOT,
              "damaged: it is at step %d of an epoch of %d steps",
              checkpoint.step(),
              steps));
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
                    "damaged: its standardization of "
                        + modality.key()
                        + " does not fit the model");
              }
            });
  }
}
