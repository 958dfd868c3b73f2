package dev.mer4j.train.checkpoint;

import dev.mer4j.core.Thresholds;

/**
 * The best model of a run so far.
 *
 * @param epoch its epoch, from 1
 * @param macroF1 macro-F1 on the validation split, in [0, 1]
 * @param loss cross-entropy on the validation split, in nats
 * @param thresholds fitted on the validation split for these parameters
 * @param parameters [P]
 */
public record BestEpoch(
    int epoch, double macroF1, double loss, Thresholds thresholds, float[] parameters) {}
