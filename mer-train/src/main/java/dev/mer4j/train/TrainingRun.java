package dev.mer4j.train;

import dev.mer4j.core.Thresholds;
import dev.mer4j.train.history.History;

/**
 * What came of training.
 *
 * @param config how it was done
 * @param history all epochs, those before a resumption included
 * @param bestEpoch the epoch whose parameters the model now holds, from 1
 * @param bestMacroF1 its macro-F1 on the validation split, in [0, 1]
 * @param thresholds what the model now decides by, fitted on the validation split after that epoch
 */
public record TrainingRun(
    TrainerConfig config,
    History history,
    int bestEpoch,
    double bestMacroF1,
    Thresholds thresholds) {}
