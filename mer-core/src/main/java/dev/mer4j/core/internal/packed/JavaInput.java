package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.Direction;
import dev.mer4j.data.batch.Sequences;

/**
 * One modality of a batch on the heap: its features as rows [S, D], shared by both directions, and
 * the steps of each direction.
 */
final class JavaInput {
  private final RowBuffer features = new RowBuffer();
  private final JavaSteps forward = new JavaSteps();
  private final JavaSteps reverse = new JavaSteps();
  private PackedRows rows = PackedRows.NONE;

  /** Starts a batch; {@link #fill} copies its features. */
  void start(PackedRows packed, int width, int hidden, boolean training) {
    rows = packed;
    features.ensure(packed.total(), width);
    forward.start(packed, hidden, training);
    reverse.start(packed, hidden, training);
  }

  PackedRows rows() {
    return rows;
  }

  /** Copies the features of steps [from, end). */
  void fill(Sequences sequences, int from, int end) {
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

  void clear() {
    features.clear();
    forward.clear();
    reverse.clear();
  }
}
