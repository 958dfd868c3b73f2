package dev.mer4j.core.encoder;

import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;

/**
 * The encoders of one model, a bidirectional LSTM for each modality, run together so that a backend
 * may overlap them.
 *
 * <p>A row's state [2H] is the forward direction's hidden state after the row's last step, then the
 * reverse direction's after its first. A row that lacks the modality, or has no steps, is not run:
 * its state is zero and it adds nothing to the gradient. Parameters are read anew in every pass.
 * Not safe for use by several threads, but as {@link #runsForManyThreads} says.
 */
public interface Encoders extends AutoCloseable {
  /** The layout of sequences that costs least; the other one works too. */
  Sequences.Layout layout();

  /**
   * Whether {@link #forward(PerModality, Presence)} may be called by several threads at once, and
   * beside training.
   */
  default boolean runsForManyThreads() {
    return false;
  }

  /**
   * Encodes without keeping what a backward pass would need.
   *
   * @param sequences B rows of each modality
   * @param presence [B, M]
   * @return the states [B, 2H] of each modality; the caller's own
   */
  default PerModality<float[]> forward(PerModality<Sequences> sequences, Presence presence) {
    return forward(sequences, presence, false);
  }

  /** Encodes to the same states and keeps what {@link #backward} needs. */
  default PerModality<float[]> forwardTraining(
      PerModality<Sequences> sequences, Presence presence) {
    return forward(sequences, presence, true);
  }

  /**
   * Encodes as {@link #forward(PerModality, Presence)} and, if {@code training}, keeps what {@link
   * #backward} needs.
   *
   * @param sequences B rows of each modality
   * @param presence [B, M]
   * @return the states [B, 2H] of each modality; the caller's own
   */
  PerModality<float[]> forward(
      PerModality<Sequences> sequences, Presence presence, boolean training);

  /**
   * Differentiates the latest training pass.
   *
   * @param states the loss's gradients with respect to the states, [B, 2H] of each modality
   * @param gradient [P]; the encoders' share of it is overwritten
   */
  void backward(PerModality<float[]> states, float[] gradient);

  @Override
  void close();
}
