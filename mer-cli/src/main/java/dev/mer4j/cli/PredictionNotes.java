package dev.mer4j.cli;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.PredictionSummary;
import dev.mer4j.data.ModalitySet;

/** Notes on segments that a model predicts from less than they have, or than it reads. */
final class PredictionNotes {
  private PredictionNotes() {}

  /**
   * Prints the notes.
   *
   * @param available the modalities that the model may use
   */
  static void print(
      Console console, ModelConfig model, ModalitySet available, PredictionSummary summary) {
    ModalityNotes.print(console, model, summary.present());
    if (summary.withoutInput() > 0) {
      console.note(
          "%d of %d segments have none of %s and are predicted without input",
          summary.withoutInput(), summary.segments(), available);
    }
    if (summary.otherLabels() > 0) {
      console.note(
          "%d of %d segments have labels other than the model's; their \"labels\" are null",
          summary.otherLabels(), summary.segments());
    }
  }
}
