package dev.mer4j.cuda.kernel;

import java.util.Arrays;

/**
 * The equations of one direction of PyTorch's {@code nn.LSTM} and their gradient in double
 * precision, one row at a time.
 *
 * @param inputs D
 * @param hidden H
 */
record ReferenceDirection(int inputs, int hidden, boolean reverse, Weights weights) {
  /** The results of a step, with the gates [4H] after their activations. */
  private record Step(
      double[] x, double[] before, double[] earlier, double[] gates, double[] cell) {}

  /** Returns the final output [H] of a row x [T, D]. */
  double[] state(float[] x) {
    Step[] steps = run(x);
    return steps.length == 0 ? new double[hidden] : output(steps[steps.length - 1]);
  }

  /** Adds a row's contribution to the gradient, given the gradient of its final output. */
  void differentiate(float[] x, double[] upstream, Weights gradient) {
    Step[] steps = run(x);
    double[] output = upstream;
    double[] carried = new double[hidden];
    for (int s = steps.length - 1; s >= 0; s--) {
      double[] gates = gateGradients(steps[s], output, carried);
      accumulate(gates, steps[s].x(), gradient.input());
      accumulate(gates, steps[s].before(), gradient.recurrent());
      accumulate(gates, new double[] {1}, gradient.bias1());
      accumulate(gates, new double[] {1}, gradient.bias2());
      output = new double[hidden];
      for (int g = 0; g < gates.length; g++) {
        for (int k = 0; k < hidden; k++) {
          output[k] += gates[g] * weights.recurrent()[g * hidden + k];
        }
      }
    }
  }

  private double[] gateGradients(Step step, double[] output, double[] carried) {
    double[] gradient = new double[4 * hidden];
    for (int j = 0; j < hidden; j++) {
      double i = step.gates()[j];
      double f = step.gates()[hidden + j];
      double g = step.gates()[2 * hidden + j];
      double o = step.gates()[3 * hidden + j];
      double t = Math.tanh(step.cell()[j]);
      double c = carried[j] + output[j] * o * (1 - t * t);
      gradient[j] = c * g * i * (1 - i);
      gradient[hidden + j] = c * step.earlier()[j] * f * (1 - f);
      gradient[2 * hidden + j] = c * i * (1 - g * g);
      gradient[3 * hidden + j] = output[j] * t * o * (1 - o);
      carried[j] = c * f;
    }
    return gradient;
  }

  private static void accumulate(double[] gates, double[] right, double[] sum) {
    for (int g = 0; g < gates.length; g++) {
      for (int k = 0; k < right.length; k++) {
        sum[g * right.length + k] += gates[g] * right[k];
      }
    }
  }

  private Step[] run(float[] x) {
    Step[] steps = new Step[x.length / inputs];
    double[] output = new double[hidden];
    double[] cell = new double[hidden];
    for (int s = 0; s < steps.length; s++) {
      int t = reverse ? steps.length - 1 - s : s;
      double[] features = new double[inputs];
      Arrays.setAll(features, d -> x[t * inputs + d]);
      steps[s] = step(features, output, cell);
      output = output(steps[s]);
      cell = steps[s].cell();
    }
    return steps;
  }

  private Step step(double[] x, double[] before, double[] earlier) {
    double[] gates = new double[4 * hidden];
    for (int g = 0; g < gates.length; g++) {
      double sum = weights.bias1()[g] + weights.bias2()[g];
      for (int d = 0; d < inputs; d++) {
        sum += weights.input()[g * inputs + d] * x[d];
      }
      for (int k = 0; k < hidden; k++) {
        sum += weights.recurrent()[g * hidden + k] * before[k];
      }
      gates[g] = g / hidden == 2 ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum));
    }
    double[] cell = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      cell[j] = gates[hidden + j] * earlier[j] + gates[j] * gates[2 * hidden + j];
    }
    return new Step(x, before, earlier, gates, cell);
  }

  private double[] output(Step step) {
    double[] output = new double[hidden];
    Arrays.setAll(output, j -> step.gates()[3 * hidden + j] * Math.tanh(step.cell()[j]));
    return output;
  }
}
