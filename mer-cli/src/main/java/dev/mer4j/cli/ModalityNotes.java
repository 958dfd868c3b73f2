package dev.mer4j.cli;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.data.PerModality;

/** Notes on the modalities that only a model, or only the segments, have. */
final class ModalityNotes {
  private ModalityNotes() {}

  /**
   * Prints the notes.
   *
   * @param segments the number of segments that have each modality
   */
  static void print(Console console, ModelConfig model, PerModality<Long> segments) {
    PerModality<Integer> read = model.inputs();
    read.modalities().stream()
        .filter(modality -> segments.find(modality).orElse(0L) == 0)
        .forEach(
            modality ->
                console.note(
                    "no segment has %s, which the model reads: it is treated as missing",
                    modality.key()));
    segments.forEach(
        (modality, count) -> {
          if (!read.has(modality) && count > 0) {
            console.note(
                "the model does not read %s: it is ignored in %d segments", modality.key(), count);
          }
        });
  }
}
