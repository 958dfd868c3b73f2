package dev.mer4j.core.encoder;

import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.List;

/**
 * The encoders and the fusion head of one model, as run by a backend. States have the width E of
 * {@link EncoderShape#stateWidth}.
 *
 * <p>Thread-safe. Every pass reads the current parameters, and none reads them during an update; a
 * training step holds this object's monitor while it updates them. {@link #close} waits for running
 * passes and steps. Afterwards all methods except {@link #layout}, and those of its session, throw
 * {@link IllegalStateException}.
 */
public interface Network extends AutoCloseable {
  /** B of the batches that a model encodes for prediction; training batches may be larger. */
  int INFERENCE_BATCH = 64;

  /** Returns the fastest layout of sequences; the other layout is also accepted. */
  Sequences.Layout layout();

  /**
   * Encodes sequences.
   *
   * @param sequences B rows of each modality
   * @param presence [B, M]
   * @return the states [B, E] of each modality; owned by the caller
   */
  PerModality<float[]> encode(PerModality<Sequences> sequences, Presence presence);

  /**
   * Encodes the same sequences several times, each time with zeros at other steps.
   *
   * @param passes the steps that are zero in each pass
   * @return the states [B, E] of each modality, for each pass; owned by the caller
   */
  default List<PerModality<float[]>> encode(
      PerModality<Sequences> sequences, Presence presence, List<ZeroSteps> passes) {
    return passes.stream().map(zero -> encode(zero.applyTo(sequences), presence)).toList();
  }

  /**
   * Runs the head without dropout.
   *
   * @param states [B, E] of each modality
   * @param presence [B, M]
   */
  Head.Output infer(PerModality<float[]> states, Presence presence);

  /**
   * Starts a training session.
   *
   * @param batches standardized batches of the segments to train on
   * @throws dev.mer4j.ConfigException if the loss does not have one weight for each class
   * @throws IllegalStateException if another session of this network is open
   */
  TrainingSession startTraining(TrainingOptions options, Batcher batches);

  @Override
  void close();
}
