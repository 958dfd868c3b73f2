package dev.mer4j.onnx.internal.graph;

/**
 * The order of the gates in the weights of an LSTM: input, forget, cell, output in PyTorch and
 * mer4j; input, output, forget, cell in ONNX.
 */
final class LstmWeights {
  /** The gate of PyTorch's order at each position of ONNX's. */
  private static final int[] GATES = {0, 3, 1, 2};

  private LstmWeights() {}

  /** Returns weights or biases [4H, …] in ONNX's order. */
  static float[] toOnnx(float[] values) {
    float[] reordered = new float[values.length];
    int size = values.length / GATES.length;
    for (int gate = 0; gate < GATES.length; gate++) {
      System.arraycopy(values, GATES[gate] * size, reordered, gate * size, size);
    }
    return reordered;
  }

  /** Returns weights or biases [4H, …] in PyTorch's order. */
  static float[] fromOnnx(float[] values) {
    float[] reordered = new float[values.length];
    int size = values.length / GATES.length;
    for (int gate = 0; gate < GATES.length; gate++) {
      System.arraycopy(values, gate * size, reordered, GATES[gate] * size, size);
    }
    return reordered;
  }
}
