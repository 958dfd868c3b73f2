package dev.mer4j.train;

import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.train.TrainingListener.StepRecord;
import dev.mer4j.train.history.EpochTotals;

/** Stops a run that has too many non-finite steps. */
record DivergenceCheck(
    TrainerConfig config, TrainingState state, SegmentSet train, CheckpointScheduler saver) {

  /**
   * Handles a non-finite step. The state before it is saved, so that a resumed run repeats it.
   *
   * @param before the totals of the epoch's earlier steps
   * @throws DivergenceException if too many consecutive steps, or all steps of the epoch, are not
   *     finite
   */
  void check(EpochTotals before, StepRecord record, Batch batch) {
    int inARow = before.skippedInARow() + 1;
    boolean none = before.applied() == 0 && record.step() == record.steps();
    if (inARow > config.maxSkipped() || none) {
      Diagnosis diagnosis =
          Diagnosis.of(state.model(), train, batch, record, state.session().gradient());
      throw new DivergenceException(inARow, config.learningRate(), diagnosis, saver.save());
    }
  }
}
