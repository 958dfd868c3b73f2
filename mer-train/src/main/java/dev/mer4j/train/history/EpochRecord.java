package dev.mer4j.train.history;

/**
 * The record of one epoch.
 *
 * <p>Means are over the applied steps, of which there is at least one.
 *
 * @param epoch the epoch, from 1
 * @param steps the number of batches
 * @param skipped the number of batches skipped because their loss or gradient was not finite
 * @param loss the training loss in nats, mean over the segments
 * @param gradientNorm mean over the steps, before clipping
 * @param clipShare share of the steps whose gradient was clipped, in [0, 1]
 * @param learningRate the learning rate of the last step
 * @param validLoss cross-entropy on the validation split after the epoch, in nats; always
 *     unweighted, regardless of the training loss
 * @param validMacroF1 macro-F1 on the validation split after the epoch, in [0, 1]
 * @param seconds the duration of the epoch, including validation; the only field that differs
 *     between two runs of the same seed
 */
public record EpochRecord(
    int epoch,
    int steps,
    int skipped,
    double loss,
    double gradientNorm,
    double clipShare,
    double learningRate,
    double validLoss,
    double validMacroF1,
    double seconds) {
  /** Returns the record of a finished epoch. */
  public static EpochRecord of(
      int epoch, EpochTotals totals, double validLoss, double validMacroF1, double seconds) {
    return new EpochRecord(
        epoch,
        totals.steps(),
        totals.skipped(),
        totals.loss() / totals.segments(),
        totals.gradientNorm() / totals.applied(),
        (double) totals.clipped() / totals.applied(),
        totals.learningRate(),
        validLoss,
        validMacroF1,
        totals.seconds() + seconds);
  }
}
