package dev.mer4j.core.internal.packed;

import dev.mer4j.core.encoder.EncoderShape;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.internal.packed.PackedDirection.Kept;

/**
 * The hidden states and cells of one direction in a pass. Training keeps those of all steps,
 * inference only those that the next step reads, and the hidden states if they are pooled.
 */
final class JavaSteps {
  private final RowBuffer gates = new RowBuffer();
  private final RowBuffer states = new RowBuffer();
  private final RowBuffer cells = new RowBuffer();
  private PackedRows rows = PackedRows.NONE;
  private boolean training;
  private boolean keepsStates;

  /** Starts a batch. */
  void start(PackedRows packed, EncoderShape shape, Kept kept) {
    int hidden = shape.hidden();
    rows = packed;
    training = kept == Kept.ALL;
    keepsStates = training || (kept == Kept.STATES && shape.pooling() == Pooling.ATTENTION);
    states.ensure(keepsStates ? packed.total() : 2 * packed.batch(), hidden);
    cells.ensure(training ? packed.total() : packed.batch(), hidden);
    if (kept != Kept.STATES) {
      gates.ensure(packed.total(), 4 * hidden);
    }
  }

  /** Returns [S, 4H], if they are kept: the gates, later their gradients. */
  float[][] gates() {
    return gates.rows();
  }

  /** Returns the hidden state after a step of a row. */
  float[] state(int t, int r) {
    return states.rows()[keepsStates ? rows.starts()[t] + r : t % 2 * rows.batch() + r];
  }

  /** Returns the cell after a step of a row. */
  float[] cell(int t, int r) {
    return cells.rows()[training ? rows.starts()[t] + r : r];
  }

  void clear() {
    gates.clear();
    states.clear();
    cells.clear();
  }
}
