package dev.mer4j.train;

import dev.mer4j.core.Thresholds;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.provenance.SegmentIds;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.history.History;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of training.
 *
 * @param config the configuration
 * @param fingerprint all settings, and digests of the segments that the model was trained and
 *     selected on
 * @param stopReason the reason for the end of the run
 * @param history all epochs, including those before a resumption
 * @param bestEpoch the epoch whose parameters the model now holds, from 1; 0 if the run was
 *     cancelled within its first epoch; the model then holds the latest parameters
 * @param bestMacroF1 its macro-F1 on the validation split, in [0, 1]; 0 without a best epoch
 * @param thresholds the model's thresholds, fitted on the validation split after that epoch
 * @param trained the segments that it was trained on
 * @param selected the segments that epoch and thresholds were selected on
 */
public record TrainingRun(
    TrainerConfig config,
    Fingerprint fingerprint,
    StopReason stopReason,
    History history,
    int bestEpoch,
    double bestMacroF1,
    Thresholds thresholds,
    SegmentIds trained,
    SegmentIds selected) {
  /**
   * Returns the provenance to save with the model: all settings, the segments that it was trained
   * and selected on, their digests, and the result of the selection.
   */
  public Provenance provenance() {
    Map<String, String> facts = new TreeMap<>(fingerprint.facts());
    facts.put("epoch", String.valueOf(bestEpoch));
    facts.put("epochs", String.valueOf(history.epochs().size()));
    facts.put("valid macro-F1", String.valueOf(bestMacroF1));
    return new Provenance(facts, trained, selected);
  }
}
