package dev.mer4j.train;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.train.TrainingListener.StepRecord;
import dev.mer4j.train.history.EpochTotals;

/** Ends a run that has too many steps that are not finite. */
record DivergenceCheck(
    TrainerConfig config,
    MultimodalModel model,
    SegmentSet train,
    TrainingSession session,
    CheckpointScheduler saver) {

  /**
   * Checks a step that is not finite. The state before it is saved, so that a run that continues
   * from there meets it again.
   *
   * @param before the epoch's steps before this one
   * @throws DivergenceException if too many steps in a row are not finite, or all of the epoch
   */
  void check(EpochTotals before, StepRecord record, Batch batch) {
    int inARow = before.skippedInARow() + 1;
    boolean none = before.applied() == 0 && record.step() == record.steps();
    if (inARow > config.maxSkipped() || none) {
      Diagnosis diagnosis = Diagnosis.of(model, train, batch, record, session.gradient());
      throw new DivergenceException(inARow, config.learningRate(), diagnosis, saver.save());
    }
  }
}
