package dev.mer4j.core.encoder;

import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;

/**
 * The encoders of one model and its fusion head, where a backend runs them.
 *
 * <p>Safe for use by several threads. Parameters are read again in every pass; a training step
 * holds this object's monitor while it changes them. {@link #close} waits for running passes and
 * steps; afterwards all other methods but {@link #layout}, and those of its session, throw {@link
 * IllegalStateException}.
 */
public interface Network extends AutoCloseable {
  /** B of the batches that a model encodes to predict; those of a training may be larger. */
  int INFERENCE_BATCH = 64;

  /** Returns the layout of sequences that costs least; the other one works too. */
  Sequences.Layout layout();

  /**
   * Encodes sequences.
   *
   * @param sequences B rows of each modality
   * @param presence [B, M]
   * @return the states [B, 2H] of each modality; the caller's own
   */
  PerModality<float[]> encode(PerModality<Sequences> sequences, Presence presence);

  /**
   * Runs the head forward without dropout.
   *
   * @param states [B, 2H] of each modality
   * @param presence [B, M]
   */
  Head.Output infer(PerModality<float[]> states, Presence presence);

  /**
   * Starts a training.
   *
   * @param batches standardized batches of the segments to train on
   * @throws dev.mer4j.ConfigException if the loss does not have one weight for each class
   * @throws IllegalStateException if another session of this network is open
   */
  TrainingSession startTraining(TrainingOptions options, Batcher batches);

  @Override
  void close();
}
