package dev.mer4j.train.checkpoint;

import dev.mer4j.data.batch.Standardization;
import dev.mer4j.train.history.History;
import dev.mer4j.train.optimizer.AdamW;

/**
 * The whole state of a run between two epochs: what comes after depends on nothing else, so a run
 * that is taken up again here ends in the same bits as one that was never interrupted.
 *
 * <p>There is no state of random generators to save. Whatever is drawn, the order of the batches
 * and all that is dropped, is a function of the seed, the draw's name, the epoch and the segment or
 * step; the first is part of the fingerprint, and the others follow from the epoch.
 *
 * @param fingerprint which run this is
 * @param epoch the last one that is done, from 1
 * @param history up to it
 * @param standardization what the features are standardized by
 * @param best the best model so far
 * @param optimizer what the optimizer remembers
 * @param parameters [P], the model after the epoch
 */
public record Checkpoint(
    Fingerprint fingerprint,
    int epoch,
    History history,
    Standardization standardization,
    Best best,
    AdamW.State optimizer,
    float[] parameters) {}
