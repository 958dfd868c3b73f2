package dev.mer4j.train.sweep;

import java.io.Serializable;

/** Trains the model of a trial wherever it is called; a cluster sends it to its workers. */
@FunctionalInterface
public interface TrialRunner extends Serializable {
  /**
   * Trains a model, or resumes an interrupted training, and saves the model in {@link
   * TrialTask#model()}.
   *
   * @param threads the number of compute threads
   * @return true if the model is trained, false if the training was interrupted
   */
  boolean train(TrialTask task, int threads);
}
