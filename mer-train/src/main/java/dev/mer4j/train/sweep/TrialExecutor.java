package dev.mer4j.train.sweep;

import dev.mer4j.train.Cancellation;
import dev.mer4j.train.checkpoint.Fingerprint;

/**
 * Trains the models of a sweep: in this program, in processes, or on other machines that share the
 * file system.
 *
 * <p>Methods are called by several threads at once if the sweep runs several trials at once.
 */
public interface TrialExecutor {
  /** Returns the fingerprint that the training of this trial has or would have. */
  Fingerprint fingerprint(TrialTask task);

  /**
   * Trains, or resumes a training that was interrupted, and saves the model in {@link
   * TrialTask#model()} with its provenance. Returns when the training has ended.
   *
   * @param cancellation stops the training; its work is kept for the next call
   * @return whether the model is trained; false if the training was cancelled
   * @throws InterruptedException if the thread is interrupted; the training is stopped then, as by
   *     {@code cancellation}
   */
  boolean train(TrialTask task, Cancellation cancellation) throws InterruptedException;
}
