package dev.mer4j.core.internal.packed;

/** The memory of one task of backend {@code java}. */
final class JavaScratch {
  /** The left operand of a product: rows of other matrices. */
  final float[][] left = new float[LstmKernels.CHUNK][];

  /** The gates of consecutive steps: rows of other matrices. */
  final float[][] gates = new float[LstmKernels.CHUNK][];

  /** The gates of one step: rows of other matrices. */
  final float[][] sums = new float[LstmKernels.CHUNK][];

  /** [256, 4H]: the gates of an inference. */
  final RowBuffer inferenceGates = new RowBuffer();

  /** [rows, H]: the gradients with respect to the hidden states of a step. */
  final RowBuffer states = new RowBuffer();

  /** [rows, H]: the gradients with respect to the cells of a step. */
  final RowBuffer cells = new RowBuffer();

  /** [columns, 4H]: the gradients of columns of weights. */
  final RowBuffer columns = new RowBuffer();

  final LstmCell cell;

  JavaScratch(int hidden) {
    cell = new LstmCell(hidden);
  }
}
