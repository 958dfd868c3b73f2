package dev.mer4j.train;

import dev.mer4j.core.Thresholds;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.provenance.SegmentIds;
import dev.mer4j.train.checkpoint.Fingerprint;
import dev.mer4j.train.history.History;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of training.
 *
 * @param config how it was done
 * @param fingerprint all settings, and on which segments the model was trained and selected
 * @param stopReason why there are no more epochs
 * @param history all epochs, those before a resumption included
 * @param bestEpoch the epoch whose parameters the model now holds, from 1; 0 if the run was
 *     cancelled before its first epoch was done, and the model holds what it had learned until then
 * @param bestMacroF1 its macro-F1 on the validation split, in [0, 1]; 0 without a best epoch
 * @param thresholds what the model now decides by, fitted on the validation split after that epoch
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
   * Where the model comes from, to be saved with it: every setting, the segments that it was
   * trained and selected on with digests of them, and what selection found.
   */
  public Provenance provenance() {
    Map<String, String> facts = new TreeMap<>(fingerprint.facts());
    facts.put("epoch", String.valueOf(bestEpoch));
    facts.put("epochs", String.valueOf(history.epochs().size()));
    facts.put("valid macro-F1", String.valueOf(bestMacroF1));
    return new Provenance(facts, trained, selected);
  }
}
