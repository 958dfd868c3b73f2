package dev.mer4j.cuda.kernel;

import dev.mer4j.seed.SeedStream;

/**
 * The parameters of one direction, or their gradients, in double precision.
 *
 * @param input [4H, D]
 * @param recurrent [4H, H]
 * @param bias1 [4H]
 * @param bias2 [4H]
 */
record Weights(double[] input, double[] recurrent, double[] bias1, double[] bias2) {
  static Weights zero(int inputs, int hidden) {
    return new Weights(
        new double[4 * hidden * inputs],
        new double[4 * hidden * hidden],
        new double[4 * hidden],
        new double[4 * hidden]);
  }

  /** Returns parameters initialized as in PyTorch, uniform in ±1/√H, as single-precision values. */
  static Weights random(int inputs, int hidden, SeedStream draws) {
    Weights weights = zero(inputs, hidden);
    double bound = 1 / Math.sqrt(hidden);
    for (double[] tensor : weights.tensors()) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] = (float) ((2 * draws.nextDouble() - 1) * bound);
      }
    }
    return weights;
  }

  double[][] tensors() {
    return new double[][] {input, recurrent, bias1, bias2};
  }
}
