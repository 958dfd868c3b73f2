package dev.mer4j.train.history;

/**
 * What happened in one epoch.
 *
 * <p>Means run over the steps that were taken, of which there was at least one.
 *
 * @param epoch from 1
 * @param steps how many batches there were
 * @param skipped how many of them moved nothing, because loss or gradient was not finite
 * @param loss the training loss in nats, mean over the segments
 * @param gradientNorm mean over the steps, before clipping
 * @param clipShare share of the steps whose gradient was clipped, in [0, 1]
 * @param learningRate of the last step
 * @param validLoss cross-entropy on the validation split after the epoch, in nats; neither weighted
 *     nor focused, whatever the training loss is
 * @param validMacroF1 on the validation split after the epoch, in [0, 1]
 * @param seconds the epoch took, validation included; the only field that differs between two runs
 *     of the same seed
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
  /** Closes an epoch. */
  public static EpochRecord of(
      int epoch, EpochTotals tally, double validLoss, double validMacroF1, double seconds) {
    return new EpochRecord(
        epoch,
        tally.steps(),
        tally.skipped(),
        tally.loss() / tally.segments(),
        tally.gradientNorm() / tally.applied(),
        (double) tally.clipped() / tally.applied(),
        tally.learningRate(),
        validLoss,
        validMacroF1,
        tally.seconds() + seconds);
  }
}
