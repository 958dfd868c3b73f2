package dev.mer4j.train.cluster;

import dev.mer4j.data.ModalitySet;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of a model for an archive.
 *
 * @param model the folder of the model
 * @param output the folder to write
 * @param available the modalities that the model may use; null for all
 * @param backend the backend's name; null for the preferred one
 */
public record ScoreJob(
    Path model,
    ScoreData data,
    Path output,
    Format format,
    @Nullable ModalitySet available,
    @Nullable String backend) {
  /** The format of the predictions. */
  public enum Format {
    /** JSON, one line per segment, as {@code mer predict} writes it. */
    JSONL,
    /** Parquet, one row per segment. */
    PARQUET;

    /** The name in options, such as {@code parquet}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
