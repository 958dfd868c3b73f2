package dev.mer4j.train.checkpoint;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.train.history.EpochTotals;
import dev.mer4j.train.history.History;
import org.jspecify.annotations.Nullable;

/**
 * The complete state of a run between two steps. A run that is resumed from it produces the same
 * bits as an uninterrupted one.
 *
 * <p>Random generators have no state to save: the batch order and all dropout are functions of the
 * seed, the stream's name, the epoch and the segment or step. The seed is part of the fingerprint;
 * the others follow from the position. Early stopping and schedules follow from the position and
 * the best epoch.
 *
 * @param fingerprint the fingerprint of the run
 * @param position the position of the run
 * @param standardization the standardization of the features
 * @param best the best model so far; null before the end of the first epoch
 * @param optimizer the optimizer's state
 * @param values the model's parameters after these steps
 */
public record Checkpoint(
    Fingerprint fingerprint,
    Position position,
    Standardization standardization,
    @Nullable BestEpoch best,
    AdamW.State optimizer,
    Values values) {
  /**
   * The parameters of a run.
   *
   * @param parameters [P]
   * @param average [P], their exponential moving average; null if the run has none
   */
  public record Values(float[] parameters, float @Nullable [] average) {}

  /**
   * The position of a run.
   *
   * @param history the finished epochs
   * @param totals the finished steps of the next epoch
   */
  public record Position(History history, EpochTotals totals) {}

  /** Returns the model's parameters [P]. */
  public float[] parameters() {
    return values.parameters();
  }

  /** Returns the finished epochs. */
  public History history() {
    return position.history();
  }

  /** Returns the totals of the finished steps of the next epoch. */
  public EpochTotals totals() {
    return position.totals();
  }

  /** Returns the number of finished epochs. */
  public int epoch() {
    return history().epochs().size();
  }

  /** Returns the number of finished steps of the next epoch. */
  public int step() {
    return totals().steps();
  }
}
