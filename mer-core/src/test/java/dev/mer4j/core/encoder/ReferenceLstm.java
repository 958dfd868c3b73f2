package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.batch.Sequences;

/** The equations of PyTorch's {@code nn.LSTM}, a row and a step at a time, in double precision. */
final class ReferenceLstm {
  private ReferenceLstm() {}

  /** The state [2H] of row {@code b}. */
  static double[] state(Parameters parameters, Modality modality, Sequences sequences, int b) {
    int hidden = LstmParameters.of(parameters, modality, Direction.FORWARD).hidden();
    double[] state = new double[2 * hidden];
    for (Direction direction : Direction.values()) {
      LstmParameters where = LstmParameters.of(parameters, modality, direction);
      double[] h = new double[hidden];
      double[] c = new double[hidden];
      int length = sequences.lengths()[b];
      for (int t = 0; t < length; t++) {
        int step = direction == Direction.FORWARD ? t : length - 1 - t;
        h = step(parameters.values(), where, sequences, sequences.offset(b, step), h, c);
      }
      System.arraycopy(h, 0, state, direction.ordinal() * hidden, hidden);
    }
    return state;
  }

  private static double[] step(
      float[] values, LstmParameters where, Sequences x, int offset, double[] h, double[] c) {
    int hidden = h.length;
    double[] next = new double[hidden];
    double[] gates = new double[4 * hidden];
    for (int g = 0; g < 4 * hidden; g++) {
      double sum =
          (double) values[where.inputBias().offset() + g]
              + values[where.recurrentBias().offset() + g];
      for (int d = 0; d < x.width(); d++) {
        sum +=
            (double) values[where.inputWeights().offset() + g * x.width() + d]
                * x.values()[offset + d];
      }
      for (int k = 0; k < hidden; k++) {
        sum += values[where.recurrentWeights().offset() + g * hidden + k] * h[k];
      }
      gates[g] = sum;
    }
    for (int j = 0; j < hidden; j++) {
      double input = sigmoid(gates[j]);
      double forget = sigmoid(gates[hidden + j]);
      double candidate = Math.tanh(gates[2 * hidden + j]);
      double output = sigmoid(gates[3 * hidden + j]);
      c[j] = forget * c[j] + input * candidate;
      next[j] = output * Math.tanh(c[j]);
    }
    return next;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
