package dev.mer4j.core.internal.packed;

import dev.mer4j.core.internal.packed.PackedRows.Group;
import dev.mer4j.core.internal.packed.TaskPartition.Columns;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one encoder: forward and backward for a group of rows, then the weight gradients
 * by columns. Gradients with respect to the inputs are not needed.
 *
 * @param <I> the memory of a modality
 * @param <S> the memory of a task
 */
interface PackedDirection<I extends PackedInputs, S> extends AutoCloseable {
  /** The mode of a forward pass. */
  enum Forward {
    /** Computes only the states. */
    INFERENCE,
    /** Also keeps the activations for the backward pass. */
    TRAINING,
    /** As {@link #TRAINING}, with the results of {@link #project} for all rows as input. */
    PROJECTED
  }

  /** What a pass keeps of every step. */
  enum Kept {
    /** The hidden states if they are pooled. */
    STATES,
    /** The results of {@link #project}. */
    GATES,
    /** All activations, for the backward pass. */
    ALL
  }

  LstmWeights weights();

  /** Allocates the memory of a pass; called before any other method for this input. */
  void start(I input, Kept kept);

  /** Computes the inputs' contribution to the gates of packed rows. */
  void project(I input, int first, int count, S scratch);

  /** Runs the group forward and writes this direction's part of its states [B, E]. */
  void forward(I input, Group group, Forward mode, S scratch, float[] states);

  /**
   * Runs the group forward as in {@link Forward#INFERENCE}, with the results of {@link #project},
   * which are not changed.
   *
   * @param projected the input with the results
   * @param input another input with the same rows
   * @param zero the packed rows whose features count as zero
   */
  void forward(I projected, I input, Group group, BitSet zero, S scratch, float[] states);

  /**
   * Computes the gate gradients of the group from the gradients of its states.
   *
   * @param stateGradients [B, E]
   * @param pooling after its backward pass; null without pooling
   */
  void backward(
      I input, Group group, S scratch, float[] stateGradients, @Nullable PackedPooling pooling);

  /** Overwrites the gradient of columns of the input weights. */
  void inputGradient(I input, Columns part, S scratch, float[] gradient);

  /**
   * Overwrites the gradient of columns of the recurrent weights. That of the biases is overwritten
   * with the first column's.
   */
  void recurrentGradient(I input, Columns part, S scratch, float[] gradient);

  /** Sets the gradient to zero, for a batch without rows. */
  void clear(float[] gradient);

  @Override
  void close();
}
