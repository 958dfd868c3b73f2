package dev.mer4j.core.internal.packed;

import java.util.Arrays;

/**
 * One step of one row after the products: from the gates' arguments to cell and hidden state, and
 * the gradients of this. Only sums, products and quotients are used, so that every platform gives
 * the same bits. The gates are copied to arrays of their own, because C2 vectorizes a loop over
 * several arrays only if they share one index. Not thread-safe.
 */
final class LstmCell {
  /** Above every width; C2 vectorizes large loops only if it knows that the index is small. */
  private static final int LARGEST = 1 << 28;

  /**
   * Adding and subtracting this rounds gradients to multiples of 2^-103, and leaves those above
   * 2^-78 as they are. Gradients that vanish over the steps so become zero and never subnormal:
   * Intel's processors are many times slower at an instruction that meets a subnormal number.
   */
  private static final float COARSE = 0x1p-80f;

  private final int hidden;

  /** [4H]: 0.5 for gates i, f and o, 1 for gate g. */
  private final float[] scale;

  private final float[] input;
  private final float[] forget;
  private final float[] candidate;
  private final float[] output;
  private final float[] activated;
  private final float[] sum;

  LstmCell(int hidden) {
    this.hidden = hidden;
    scale = new float[4 * hidden];
    Arrays.fill(scale, 0.5f);
    Arrays.fill(scale, 2 * hidden, 3 * hidden, 1);
    input = new float[hidden];
    forget = new float[hidden];
    candidate = new float[hidden];
    output = new float[hidden];
    activated = new float[hidden];
    sum = new float[hidden];
  }

  /**
   * Computes a step.
   *
   * @param gates [4H] in: the arguments of gates i, f, g and o; out: their values
   * @param before [H], the cell before the step
   * @param after [H] out: the cell after the step; may be {@code before}
   * @param state [H] out: the hidden state after the step
   */
  void forward(float[] gates, float[] before, float[] after, float[] state) {
    activateGates(gates, scale, 4 * hidden);
    split(gates);
    advance(input, forget, candidate, before, after, hidden);
    expose(output, after, state, hidden);
  }

  /**
   * Computes the gradients of a step.
   *
   * @param gates [4H] in: the gates' values; out: the gradients with respect to their arguments
   * @param before [H], the cell before the step
   * @param after [H], the cell after the step
   * @param state [H], the gradient with respect to the hidden state after the step
   * @param cell [H] in: the gradient with respect to the cell after the step, from later steps;
   *     out: that with respect to the cell before the step
   */
  void backward(float[] gates, float[] before, float[] after, float[] state, float[] cell) {
    split(gates);
    activate(after, activated, hidden);
    differentiateState(output, activated, state, cell, sum, hidden);
    differentiateInput(input, candidate, sum, hidden);
    differentiateForget(forget, before, sum, cell, hidden);
    System.arraycopy(input, 0, gates, 0, hidden);
    System.arraycopy(forget, 0, gates, hidden, hidden);
    System.arraycopy(candidate, 0, gates, 2 * hidden, hidden);
    System.arraycopy(output, 0, gates, 3 * hidden, hidden);
  }

  private void split(float[] gates) {
    System.arraycopy(gates, 0, input, 0, hidden);
    System.arraycopy(gates, hidden, forget, 0, hidden);
    System.arraycopy(gates, 2 * hidden, candidate, 0, hidden);
    System.arraycopy(gates, 3 * hidden, output, 0, hidden);
  }

  /** Applies the gates' functions in place; the sigmoid of x is 0.5 tanh(0.5 x) + 0.5. */
  private static void activateGates(float[] gates, float[] scale, int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      gates[j] = scale[j] * Tanh.of(scale[j] * gates[j]) + (1 - scale[j]);
    }
  }

  private static void activate(float[] arguments, float[] values, int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      values[j] = Tanh.of(arguments[j]);
    }
  }

  private static void advance(
      float[] input, float[] forget, float[] candidate, float[] before, float[] after, int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      after[j] = forget[j] * before[j] + input[j] * candidate[j];
    }
  }

  private static void expose(float[] output, float[] after, float[] state, int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      state[j] = output[j] * Tanh.of(after[j]);
    }
  }

  /** Replaces gate o by its gradient, and computes the whole gradient of the cell. */
  private static void differentiateState(
      float[] output, float[] activated, float[] state, float[] cell, float[] sum, int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      float o = output[j];
      float tanh = activated[j];
      float gradient = state[j] * o;
      sum[j] = cell[j] + gradient * (1 - tanh * tanh);
      output[j] = rounded(gradient * tanh * (1 - o));
    }
  }

  /** Replaces gates i and g by their gradients. */
  private static void differentiateInput(float[] input, float[] candidate, float[] sum, int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      float i = input[j];
      float g = candidate[j];
      float gradient = sum[j] * i;
      input[j] = rounded(gradient * g * (1 - i));
      candidate[j] = rounded(gradient * (1 - g * g));
    }
  }

  /** Replaces gate f by its gradient, and computes the gradient of the cell before. */
  private static void differentiateForget(
      float[] forget, float[] before, float[] sum, float[] cell, int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      float f = forget[j];
      float gradient = sum[j] * f;
      cell[j] = rounded(gradient);
      forget[j] = rounded(gradient * before[j] * (1 - f));
    }
  }

  private static float rounded(float gradient) {
    return (gradient + COARSE) - COARSE;
  }
}
