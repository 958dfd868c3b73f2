package dev.mer4j.train.history;

import dev.mer4j.MerException;
import java.util.List;

/**
 * The sums over the steps of one epoch so far.
 *
 * @param applied the number of steps that updated the parameters
 * @param skipped the number of steps skipped because their loss or gradient was not finite
 * @param skippedInARow the number of consecutive skipped steps up to now
 * @param clipped the number of clipped gradients
 * @param segments the number of segments in the applied steps
 * @param loss the sum of the losses of these segments, in nats
 * @param gradientNorm the sum of the gradient norms of the applied steps, before clipping
 * @param learningRate the learning rate of the last applied step; 0 before the first
 * @param seconds the duration of all steps
 */
public record EpochTotals(
    int applied,
    int skipped,
    int skippedInARow,
    int clipped,
    long segments,
    double loss,
    double gradientNorm,
    double learningRate,
    double seconds) {
  public EpochTotals {
    if (applied < 0 || skipped < 0 || skippedInARow < 0 || clipped < 0 || segments < 0) {
      throw new MerException(
          "negative counts of steps or segments: "
              + List.of(applied, skipped, skippedInARow, clipped, segments));
    }
    if ((long) applied + skipped > Integer.MAX_VALUE) {
      throw new MerException("too many steps: " + applied + " and " + skipped);
    }
  }

  /** The totals before the first step. */
  public static final EpochTotals EMPTY = new EpochTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns these totals plus an applied step. */
  public EpochTotals addStep(
      int batch, double meanLoss, double norm, boolean tooLong, double rate) {
    return new EpochTotals(
        applied + 1,
        skipped,
        0,
        clipped + (tooLong ? 1 : 0),
        segments + batch,
        loss + meanLoss * batch,
        gradientNorm + norm,
        rate,
        seconds);
  }

  /** Returns these totals plus a skipped step. */
  public EpochTotals addSkipped() {
    return new EpochTotals(
        applied,
        skipped + 1,
        skippedInARow + 1,
        clipped,
        segments,
        loss,
        gradientNorm,
        learningRate,
        seconds);
  }

  /** Returns these totals plus elapsed seconds. */
  public EpochTotals addSeconds(double more) {
    return new EpochTotals(
        applied,
        skipped,
        skippedInARow,
        clipped,
        segments,
        loss,
        gradientNorm,
        learningRate,
        seconds + more);
  }

  /** Returns the number of steps, applied or skipped. */
  public int steps() {
    return applied + skipped;
  }
}
