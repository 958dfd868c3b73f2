package dev.mer4j.train;

import dev.mer4j.train.TrainingListener.StepRecord;
import dev.mer4j.train.history.EpochRecord;

/** Adds up the steps of one epoch. */
final class Tally {
  private int taken;
  private int skipped;
  private int skippedInARow;
  private int clipped;
  private long segments;
  private double loss;
  private double norm;

  void take(StepRecord step, int batchSize) {
    taken++;
    skippedInARow = 0;
    clipped += step.clipped() ? 1 : 0;
    segments += batchSize;
    loss += step.loss() * batchSize;
    norm += step.gradientNorm();
  }

  void skip() {
    skipped++;
    skippedInARow++;
  }

  int steps() {
    return taken + skipped;
  }

  int taken() {
    return taken;
  }

  int skippedInARow() {
    return skippedInARow;
  }

  EpochRecord record(int epoch, double validMacroF1, double seconds) {
    return new EpochRecord(
        epoch,
        steps(),
        skipped,
        loss / segments,
        norm / taken,
        (double) clipped / taken,
        validMacroF1,
        seconds);
  }
}
