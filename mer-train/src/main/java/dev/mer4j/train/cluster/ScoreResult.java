package dev.mer4j.train.cluster;

import dev.mer4j.core.PredictionSummary;
import dev.mer4j.data.coverage.Omission;
import java.util.List;

/**
 * The result of a {@link ScoreJob}.
 *
 * @param omissions the data that are in no segment; empty unless the job prepared the data
 */
public record ScoreResult(PredictionSummary summary, List<Omission> omissions) {
  public ScoreResult {
    omissions = List.copyOf(omissions);
  }
}
