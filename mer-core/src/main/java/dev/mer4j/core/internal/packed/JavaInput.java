package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.data.batch.Sequences;

/** One modality of a batch on the heap. */
final class JavaInput implements PackedInputs {
  private final RowBuffer features = new RowBuffer();
  private final JavaSteps forward = new JavaSteps();
  private final JavaSteps reverse = new JavaSteps();
  private PackedRows rows = PackedRows.NONE;
  private float[] factors = {};

  @Override
  public void start(PackedRows packed, int width) {
    rows = packed;
    features.ensure(packed.total(), width);
  }

  @Override
  public PackedRows rows() {
    return rows;
  }

  @Override
  public void copyStates(int row, int hidden, float[][] states) {
    for (Direction direction : Direction.values()) {
      int own = direction.ordinal() * hidden;
      for (int t = 0; t < rows.lengths()[row]; t++) {
        System.arraycopy(steps(direction).state(t, row), 0, states[t], own, hidden);
      }
    }
  }

  @Override
  public void startFactors() {
    if (factors.length < 2 * rows.total()) {
      factors = new float[2 * rows.total()];
    }
  }

  @Override
  public void setFactors(int packed, float weight, float scoreGradient) {
    factors[2 * packed] = weight;
    factors[2 * packed + 1] = scoreGradient;
  }

  /** Returns the weight of a packed step in its row's pooled state. */
  float poolingWeight(int packed) {
    return factors[2 * packed];
  }

  /** Returns the gradient with respect to the score of a packed step. */
  float scoreGradient(int packed) {
    return factors[2 * packed + 1];
  }

  @Override
  public void fill(Sequences sequences, int from, int end) {
    for (int t = from; t < end; t++) {
      for (int r = 0; r < rows.counts()[t]; r++) {
        int source = sequences.offset(rows.rows()[r], t);
        float[] target = features.rows()[rows.starts()[t] + r];
        System.arraycopy(sequences.values(), source, target, 0, target.length);
      }
    }
  }

  /** Returns [S, D]. */
  float[][] features() {
    return features.rows();
  }

  JavaSteps steps(Direction direction) {
    return direction == Direction.FORWARD ? forward : reverse;
  }

  @Override
  public void close() {
    features.clear();
    forward.clear();
    reverse.clear();
    factors = new float[0];
  }
}
