package dev.mer4j.train.checkpoint;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.train.history.EpochTotals;
import dev.mer4j.train.history.History;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a run between two steps: what comes after depends on nothing else, so a run
 * that is taken up again here ends in the same bits as one that was never interrupted.
 *
 * <p>There is no state of random generators to save. Whatever is drawn, the order of the batches
 * and all that is dropped, is a function of the seed, the draw's name, the epoch and the segment or
 * step; the first is part of the fingerprint, and the others follow from the position. Neither is
 * there one of early stopping or of schedules: both follow from the position and the best epoch.
 *
 * @param fingerprint which run this is
 * @param position how far the run is
 * @param standardization what the features are standardized by
 * @param best the best model so far; null before the end of the first epoch
 * @param optimizer what the optimizer remembers
 * @param parameters [P], the model after these steps
 */
public record Checkpoint(
    Fingerprint fingerprint,
    Position position,
    Standardization standardization,
    @Nullable BestEpoch best,
    AdamW.State optimizer,
    float[] parameters) {
  /**
   * How far a run is.
   *
   * @param history the epochs that are done
   * @param tally the steps that are done of the epoch after them
   */
  public record Position(History history, EpochTotals tally) {}

  /** The epochs that are done. */
  public History history() {
    return position.history();
  }

  /** The steps that are done of the epoch after them. */
  public EpochTotals totals() {
    return position.tally();
  }

  /** How many epochs are done. */
  public int epoch() {
    return history().epochs().size();
  }

  /** How many steps are done of the epoch after them. */
  public int step() {
    return totals().steps();
  }
}
