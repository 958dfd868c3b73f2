package dev.mer4j.core.training;

import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;

/**
 * A training run of one model: the loss, AdamW with its moments, gradient clipping, and the
 * batches, prefetched or resident on the backend's device.
 *
 * <p>A step updates the model's parameters; predictions between steps use the new values. A model
 * has at most one open session. Methods may be called from any thread and run one at a time. After
 * {@link #close}, or when the model is closed, all except {@link #stepsPerEpoch}, {@link
 * #featurePlacement} and {@link #close} throw {@link IllegalStateException}.
 */
public interface TrainingSession extends AutoCloseable {
  /** Returns the number of steps per epoch. */
  int stepsPerEpoch();

  /**
   * Returns the batches of an epoch in its shuffled order. They must be closed before the next
   * call.
   *
   * @param epoch from 1
   * @param done the number of leading batches to skip, in [0, {@link #stepsPerEpoch}]
   */
  PrefetchedBatches epoch(int epoch, int done);

  /**
   * Runs forward and backward, clips the gradient and updates the parameters. If the loss or the
   * gradient is not finite, or memory runs out, neither parameters nor moments are updated.
   *
   * @param batch a batch from {@link #epoch}, or one standardized by the model's standardization
   * @param kept [B, M], the modalities to use; a subset of the batch's presence
   * @param headDropout the random stream of the head's dropout
   * @param learningRate the learning rate of this step, at most that of the options
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
   * Restores a state that {@link #optimizerState} returned. It does not include the parameters.
   *
   * @throws dev.mer4j.MerException if it is for another number of parameters
   */
  void restore(AdamW.State state);

  /** Returns a one-line description of where the batches' features are kept during training. */
  String featurePlacement();

  /** Releases the session's memory. The model keeps the parameters of the latest step. */
  @Override
  void close();
}
