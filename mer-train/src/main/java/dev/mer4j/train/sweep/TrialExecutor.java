package dev.mer4j.train.sweep;

import dev.mer4j.train.Cancellation;
import dev.mer4j.train.checkpoint.Fingerprint;

/**
 * Trains the models of a sweep: in this process, in subprocesses, or on other machines that share
 * the file system.
 *
 * <p>Methods are called concurrently if the sweep runs several trials at once.
 */
public interface TrialExecutor {
  /** Returns the fingerprint that the training of this trial has or would have. */
  Fingerprint fingerprint(TrialTask task);

  /**
   * Trains a model, or resumes an interrupted training, and saves the model with its provenance in
   * {@link TrialTask#model()}.
   *
   * @param cancellation stops the training; its work is kept for the next call
   * @return true if the model is trained, false if the training was cancelled
   * @throws InterruptedException if the thread is interrupted, which stops the training like {@code
   *     cancellation}
   */
  boolean train(TrialTask task, Cancellation cancellation) throws InterruptedException;
}
