package dev.mer4j.core.encoder;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import java.util.List;

/**
 * The encoders of one model: a bidirectional LSTM for each modality, run together so that a backend
 * may overlap them.
 *
 * <p>A row's state [E] is that of {@link Pooling}, with E of {@link EncoderShape#stateWidth}. A row
 * that lacks the modality or has no steps is skipped: its state is zero and it adds nothing to the
 * gradient. Every pass reads the current parameters. Not thread-safe, unless {@link
 * #supportsConcurrentInference} returns true.
 */
public interface Encoders extends AutoCloseable {
  /** Returns the fastest layout of sequences; the other layout is also accepted. */
  Sequences.Layout layout();

  /**
   * Returns whether {@link #forward(PerModality, Presence)} may be called by several threads at
   * once and during training.
   */
  default boolean supportsConcurrentInference() {
    return false;
  }

  /**
   * Encodes for inference, without keeping activations for a backward pass.
   *
   * @param sequences B rows of each modality
   * @param presence [B, M]
   * @return the states [B, E] of each modality; owned by the caller
   */
  default PerModality<float[]> forward(PerModality<Sequences> sequences, Presence presence) {
    return forward(sequences, presence, false);
  }

  /**
   * Encodes the same sequences several times for inference, each time with zeros at other steps.
   * Returns the same as passes over copies of the sequences; a backend may share their work.
   *
   * @param sequences B rows of each modality
   * @param presence [B, M]
   * @param passes the steps that are zero in each pass
   * @return the states [B, E] of each modality, for each pass; owned by the caller
   */
  default List<PerModality<float[]>> forward(
      PerModality<Sequences> sequences, Presence presence, List<ZeroSteps> passes) {
    return passes.stream().map(zero -> forward(zero.applyTo(sequences), presence)).toList();
  }

  /**
   * Encodes for training: returns the same states and keeps the activations for {@link #backward}.
   */
  default PerModality<float[]> forwardTraining(
      PerModality<Sequences> sequences, Presence presence) {
    return forward(sequences, presence, true);
  }

  /**
   * Encodes and, if {@code training}, keeps the activations for {@link #backward}.
   *
   * @param sequences B rows of each modality
   * @param presence [B, M]
   * @return the states [B, E] of each modality; owned by the caller
   */
  PerModality<float[]> forward(
      PerModality<Sequences> sequences, Presence presence, boolean training);

  /**
   * Computes the gradient of the latest training pass.
   *
   * @param states the loss's gradients with respect to the states, [B, E] of each modality
   * @param gradient [P]; the encoders' part of it is overwritten
   */
  void backward(PerModality<float[]> states, float[] gradient);

  @Override
  void close();
}
