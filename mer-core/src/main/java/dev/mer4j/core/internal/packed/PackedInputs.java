package dev.mer4j.core.internal.packed;

import dev.mer4j.data.batch.Sequences;

/**
 * One modality of a batch in the memory of a backend: its features as packed rows [S, D], shared by
 * both directions, and the activations of each direction.
 */
interface PackedInputs extends PooledSteps, AutoCloseable {
  /** Starts a batch; {@link #fill} copies its features. */
  void start(PackedRows packed, int width);

  /** Copies the features of steps [from, end). */
  void fill(Sequences sequences, int from, int end);

  @Override
  void close();
}
