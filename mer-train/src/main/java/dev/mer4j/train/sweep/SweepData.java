package dev.mer4j.train.sweep;

import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;

/** The data that the trials of a sweep are trained on. Methods are called concurrently. */
public interface SweepData {
  /** Returns the training split of the trials with a seed. */
  TrainingSplit training(long seed);

  /** Returns the validation split of the trials with a seed. */
  ValidationSplit validation(long seed);

  /** Returns the same splits for all seeds. */
  static SweepData of(TrainingSplit training, ValidationSplit validation) {
    return new SweepData() {
      @Override
      public TrainingSplit training(long seed) {
        return training;
      }

      @Override
      public ValidationSplit validation(long seed) {
        return validation;
      }
    };
  }
}
