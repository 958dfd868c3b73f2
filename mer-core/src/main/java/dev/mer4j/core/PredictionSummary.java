package dev.mer4j.core;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of the segments of predictions.
 *
 * @param segments the number of segments
 * @param present the number of segments that have each modality, also one that the model does not
 *     read; a modality of no segment has no count
 * @param withoutInput the number of segments with no available modality
 * @param otherLabels the number of segments with labels other than the model's
 */
public record PredictionSummary(
    long segments, PerModality<Long> present, long withoutInput, long otherLabels) {
  /** The counts of no segments. */
  public static final PredictionSummary NONE = new PredictionSummary(0, PerModality.of(), 0, 0);

  public PredictionSummary {
    present = present.sorted();
  }

  /** Counts the segments of predictions. */
  public static PredictionSummary of(Predictions predictions) {
    Map<Modality, Long> present = new TreeMap<>();
    long withoutInput = 0;
    long otherLabels = 0;
    for (Prediction row : predictions.rows()) {
      EmotionScores scores = row.segment().scores();
      row.segment()
          .steps()
          .modalities()
          .forEach(modality -> present.merge(modality, 1L, Long::sum));
      withoutInput += row.available().isEmpty() ? 1 : 0;
      otherLabels +=
          scores.isLabeled() && !scores.labels().equals(predictions.scheme().labels()) ? 1 : 0;
    }
    return new PredictionSummary(
        predictions.size(), PerModality.of(present), withoutInput, otherLabels);
  }

  /** Returns the counts of the segments of both. */
  public PredictionSummary plus(PredictionSummary other) {
    Map<Modality, Long> sums = new TreeMap<>(present.toMap());
    other.present.forEach((modality, count) -> sums.merge(modality, count, Long::sum));
    return new PredictionSummary(
        segments + other.segments,
        PerModality.of(sums),
        withoutInput + other.withoutInput,
        otherLabels + other.otherLabels);
  }
}
