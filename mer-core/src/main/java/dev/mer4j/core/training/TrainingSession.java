package dev.mer4j.core.training;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;

/**
 * One training of one model: the loss, AdamW with its moments, gradient clipping, and the batches
 * with their features, prefetched or resident on the backend's device.
 *
 * <p>A step changes the model's parameters; predictions between steps use the new values. A model
 * has one session at a time. Methods may be called from any thread, one at a time; after {@link
 * #close}, or when the model is closed, all but {@link #stepsPerEpoch}, {@link #featurePlacement}
 * and {@link #close} throw {@link IllegalStateException}.
 */
public interface TrainingSession extends AutoCloseable {
  /** Returns how many steps an epoch has. */
  int stepsPerEpoch();

  /**
   * Returns the batches of an epoch, in the order of the epoch's draws; close it before the next
   * call.
   *
   * @param epoch from 1
   * @param done how many of its first batches are left out, in [0, {@link #stepsPerEpoch}]
   */
  PrefetchedBatches epoch(int epoch, int done);

  /**
   * Runs forward and backward, clips the gradient and updates the parameters. If the loss or the
   * gradient is not finite, nothing is updated, the moments included; nor if an exception is thrown
   * because memory ran out.
   *
   * @param batch from {@link #epoch}, or standardized as the model's standardization says
   * @param kept [B, M], which modalities of the batch are used; a subset of the batch's presence
   * @param headDropout the random stream of the head's dropout
   * @param learningRate of this step; not above that of the options
   */
  StepResult step(Batch batch, Presence kept, SeedStream headDropout, double learningRate);

  /**
   * Returns the latest step's gradient [P] before clipping, in the order of the model's parameters.
   * It is valid until the next step.
   */
  float[] gradient();

  /** Returns a copy of AdamW's moments and step count. */
  AdamW.State optimizerState();

  /**
   * Continues from a state that {@link #optimizerState} returned. The parameters are not part of
   * it.
   *
   * @throws dev.mer4j.MerException if it has another number of parameters
   */
  void restore(AdamW.State state);

  /** Returns where the features of the batches are during the training, in one line. */
  String featurePlacement();

  /** Releases the session's memory. The model keeps the parameters of the latest step. */
  @Override
  void close();
}
