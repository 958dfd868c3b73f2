package dev.mer4j.core.encoder;

import dev.mer4j.core.fusion.FusionHead;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.Map;
import java.util.Optional;

/**
 * The encoders of one model, a bidirectional LSTM for each modality, run together so that an engine
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
   * Whether {@link #forward(Map, Presence)} may be called by several threads at once, and beside
   * training.
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
  default Map<Modality, float[]> forward(Map<Modality, Sequences> sequences, Presence presence) {
    return forward(sequences, presence, false);
  }

  /** Encodes to the same states and keeps what {@link #backward} needs. */
  default Map<Modality, float[]> forwardTraining(
      Map<Modality, Sequences> sequences, Presence presence) {
    return forward(sequences, presence, true);
  }

  /**
   * Encodes as {@link #forward(Map, Presence)} and, if {@code training}, keeps what {@link
   * #backward} needs.
   *
   * @param sequences B rows of each modality
   * @param presence [B, M]
   * @return the states [B, 2H] of each modality; the caller's own
   */
  Map<Modality, float[]> forward(
      Map<Modality, Sequences> sequences, Presence presence, boolean training);

  /**
   * As the other, of a batch that may have been announced, or whose features are {@linkplain #hold
   * held}.
   */
  default Map<Modality, float[]> forwardTraining(Batch batch, Presence presence) {
    return forwardTraining(batch.sequences(), presence);
  }

  /**
   * Tells that a training pass of this very batch may follow, so that its features can travel while
   * something else runs. No pass needs it, and no announced batch needs a pass. May be called by
   * any thread, at any time before {@link #close} or after.
   */
  default void announce(Batch batch) {}

  /**
   * Takes the features of all these segments, standardized, to where the encoders run, if there is
   * room for them beside what passes need. If so, training passes take batches {@linkplain
   * Batcher#withoutFeatures without features}, with the same results to the bit, until it is
   * closed.
   *
   * <p>One training at a time: a later call lets go of what an earlier one held.
   *
   * @param mostRows the largest B of any pass meanwhile
   * @throws dev.mer4j.MerException if a segment cannot be read, or the engine's device fails
   */
  default Holding hold(Batcher batches, int mostRows) {
    return Holding.none("features are read and packed batch by batch");
  }

  /**
   * Differentiates the latest training pass.
   *
   * @param states the loss's gradients with respect to the states, [B, 2H] of each modality
   * @param gradient [P]; the encoders' share of it is overwritten
   */
  void backward(Map<Modality, float[]> states, float[] gradient);

  /**
   * Makes the head that these encoders' states go through: plain Java's, unless the engine has one
   * of its own. It lives as long as they do, and a later one takes its place.
   *
   * @param parameters the model's, with every tensor of {@link
   *     dev.mer4j.core.fusion.HeadParameters}
   */
  default Head head(HeadShape shape, Parameters parameters, Loss loss) {
    return new FusionHead(shape, parameters, loss);
  }

  /**
   * Makes what takes whole training steps, encoders, head and AdamW, where the engine has a better
   * way than one pass after the other; to be asked when the head is there. It lives as long as the
   * encoders do, goes through their latest head, and a later one takes its place.
   */
  default Optional<Learner> learner(AdamW.Rates rates, GradientClipping clipping) {
    return Optional.empty();
  }

  @Override
  void close();
}
