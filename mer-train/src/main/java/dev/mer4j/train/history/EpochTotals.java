package dev.mer4j.train.history;

import dev.mer4j.MerException;
import java.util.List;

/**
 * The steps of one epoch so far, added up.
 *
 * @param applied how many moved the parameters
 * @param skipped how many did not, because loss or gradient was not finite
 * @param skippedInARow how many of these came last
 * @param clipped how many gradients were too long
 * @param segments in the steps taken
 * @param loss in nats, sum over these segments
 * @param gradientNorm sum over the steps taken, before clipping
 * @param learningRate of the last step taken; 0 before the first
 * @param seconds spent on all of them
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

  /** Before the first step. */
  public static final EpochTotals EMPTY = new EpochTotals(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns this tally and a step that was taken, with its batch's mean loss. */
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

  /** Returns this tally and a step that was not taken. */
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

  /** Returns this tally with more time spent. */
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

  /** How many steps there were, taken or not. */
  public int steps() {
    return applied + skipped;
  }
}
