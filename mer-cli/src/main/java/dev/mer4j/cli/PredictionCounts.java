package dev.mer4j.cli;

import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.ModalitySet;

/** Counts the predictions of a command, and those that need a note. */
final class PredictionCounts {
  private int segments;
  private int blind;
  private int otherLabels;

  void add(Predictions predictions) {
    segments += predictions.size();
    for (Prediction row : predictions.rows()) {
      EmotionScores scores = row.segment().scores();
      blind += row.available().isEmpty() ? 1 : 0;
      otherLabels +=
          scores.isLabeled() && !scores.labels().equals(predictions.scheme().labels()) ? 1 : 0;
    }
  }

  int segments() {
    return segments;
  }

  /**
   * Prints the notes.
   *
   * @param available the modalities that the model may use
   */
  void print(Console console, ModalitySet available) {
    if (blind > 0) {
      console.note(
          "%d of %d segments have none of %s and are predicted without input",
          blind, segments, available);
    }
    if (otherLabels > 0) {
      console.note(
          "%d of %d segments have labels other than the model's; their \"labels\" are null",
          otherLabels, segments);
    }
  }
}
