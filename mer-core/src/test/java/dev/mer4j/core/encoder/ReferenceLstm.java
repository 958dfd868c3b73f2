package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.batch.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The equations of PyTorch's {@code nn.LSTM} and their derivatives in double precision, one row and
 * one step at a time.
 */
public final class ReferenceLstm {
  private final float[] values;
  private final LstmParameters views;
  private final Sequences x;
  private final int hidden;

  /**
   * The results of a step.
   *
   * @param offset the offset of its inputs
   * @param before [H], the hidden state before the step
   * @param cellBefore [H], the cell state before the step
   * @param gates [4H]: i, f, g and o after their activations
   * @param cell [H], the cell state after the step
   * @param state [H], the hidden state after the step
   */
  private record Step(
      int offset,
      double[] before,
      double[] cellBefore,
      double[] gates,
      double[] cell,
      double[] state) {}

  private ReferenceLstm(float[] values, LstmParameters views, Sequences x) {
    this.values = values;
    this.views = views;
    this.x = x;
    hidden = views.hidden();
  }

  /** Returns the state [E] of row {@code b}. */
  public static double[] state(
      Parameters parameters, Modality modality, Sequences sequences, int b) {
    EncoderShape shape = EncoderShape.of(List.of(modality), parameters);
    int hidden = shape.hidden();
    double[] state = new double[shape.stateWidth()];
    double[][] steps = new double[sequences.lengths()[b]][2 * hidden];
    for (Direction direction : Direction.values()) {
      List<Step> own = lstm(parameters, modality, direction, sequences).run(direction, b);
      int half = direction.ordinal() * hidden;
      for (int s = 0; s < own.size(); s++) {
        System.arraycopy(own.get(s).state(), 0, state, half, hidden);
        System.arraycopy(own.get(s).state(), 0, steps[time(direction, s, own)], half, hidden);
      }
    }
    if (shape.pooling() == Pooling.ATTENTION) {
      double[] pooled = new ReferencePooling(parameters, modality, steps).pooled();
      System.arraycopy(pooled, 0, state, pooled.length, pooled.length);
    }
    return state;
  }

  /**
   * Adds the contribution of row {@code b} to the gradient [P].
   *
   * @param upstream the gradients with respect to the states, [B, E]
   */
  public static void addGradient(
      Parameters parameters,
      Modality modality,
      Sequences sequences,
      int b,
      float[] upstream,
      double[] gradient) {
    EncoderShape shape = EncoderShape.of(List.of(modality), parameters);
    int hidden = shape.hidden();
    int length = sequences.lengths()[b];
    double[] own = new double[shape.stateWidth()];
    for (int j = 0; j < own.length; j++) {
      own[j] = upstream[b * own.length + j];
    }
    double[][] stepGradients = new double[length][2 * hidden];
    if (shape.pooling() == Pooling.ATTENTION) {
      double[][] steps = new double[length][2 * hidden];
      for (Direction direction : Direction.values()) {
        List<Step> run = lstm(parameters, modality, direction, sequences).run(direction, b);
        for (int s = 0; s < length; s++) {
          int half = direction.ordinal() * hidden;
          System.arraycopy(run.get(s).state(), 0, steps[time(direction, s, run)], half, hidden);
        }
      }
      stepGradients =
          new ReferencePooling(parameters, modality, steps)
              .addGradient(Arrays.copyOfRange(own, 2 * hidden, 4 * hidden), gradient);
    }
    for (Direction direction : Direction.values()) {
      ReferenceLstm lstm = lstm(parameters, modality, direction, sequences);
      List<Step> run = lstm.run(direction, b);
      double[][] gradients = new double[length][hidden];
      for (int s = 0; s < length; s++) {
        for (int j = 0; j < hidden; j++) {
          int at = direction.ordinal() * hidden + j;
          gradients[s][j] =
              stepGradients[time(direction, s, run)][at] + (s == length - 1 ? own[at] : 0);
        }
      }
      lstm.addGradient(run, gradients, gradient);
    }
  }

  /** Returns the index in the sequence of the s-th step that a direction runs. */
  private static int time(Direction direction, int s, List<Step> run) {
    return direction == Direction.FORWARD ? s : run.size() - 1 - s;
  }

  private static ReferenceLstm lstm(
      Parameters parameters, Modality modality, Direction direction, Sequences sequences) {
    return new ReferenceLstm(
        parameters.values(), LstmParameters.of(parameters, modality, direction), sequences);
  }

  private List<Step> run(Direction direction, int b) {
    List<Step> steps = new ArrayList<>();
    double[] h = new double[hidden];
    double[] c = new double[hidden];
    int length = x.lengths()[b];
    for (int t = 0; t < length; t++) {
      Step step = step(x.offset(b, direction == Direction.FORWARD ? t : length - 1 - t), h, c);
      steps.add(step);
      h = step.state();
      c = step.cell();
    }
    return steps;
  }

  private Step step(int offset, double[] h, double[] c) {
    double[] gates = new double[4 * hidden];
    for (int g = 0; g < 4 * hidden; g++) {
      double sum = value(views.inputBias(), g) + value(views.recurrentBias(), g);
      for (int d = 0; d < x.width(); d++) {
        sum += value(views.inputWeights(), g * x.width() + d) * x.values()[offset + d];
      }
      for (int k = 0; k < hidden; k++) {
        sum += value(views.recurrentWeights(), g * hidden + k) * h[k];
      }
      gates[g] = g / hidden == 2 ? Math.tanh(sum) : 1 / (1 + Math.exp(-sum));
    }
    double[] cell = new double[hidden];
    double[] state = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      cell[j] = gates[hidden + j] * c[j] + gates[j] * gates[2 * hidden + j];
      state[j] = gates[3 * hidden + j] * Math.tanh(cell[j]);
    }
    return new Step(offset, h, c, gates, cell, state);
  }

  /**
   * Adds the gradient of all parameters.
   *
   * @param stepGradients [T, H], the loss's gradients with respect to the states after the steps
   */
  private void addGradient(List<Step> steps, double[][] stepGradients, double[] gradient) {
    double[] dh = new double[hidden];
    double[] dc = new double[hidden];
    for (int t = steps.size() - 1; t >= 0; t--) {
      Step step = steps.get(t);
      for (int j = 0; j < hidden; j++) {
        dh[j] += stepGradients[t][j];
      }
      double[] dz = gateGradients(step, dh, dc);
      dh = new double[hidden];
      for (int g = 0; g < 4 * hidden; g++) {
        gradient[views.inputBias().offset() + g] += dz[g];
        gradient[views.recurrentBias().offset() + g] += dz[g];
        for (int d = 0; d < x.width(); d++) {
          gradient[views.inputWeights().offset() + g * x.width() + d] +=
              dz[g] * x.values()[step.offset() + d];
        }
        for (int k = 0; k < hidden; k++) {
          gradient[views.recurrentWeights().offset() + g * hidden + k] += dz[g] * step.before()[k];
          dh[k] += value(views.recurrentWeights(), g * hidden + k) * dz[g];
        }
      }
    }
  }

  /**
   * Returns the gradients [4H] before the activations; {@code dc} becomes the gradient of the
   * previous cell.
   */
  private double[] gateGradients(Step step, double[] dh, double[] dc) {
    double[] dz = new double[4 * hidden];
    for (int j = 0; j < hidden; j++) {
      double i = step.gates()[j];
      double f = step.gates()[hidden + j];
      double g = step.gates()[2 * hidden + j];
      double o = step.gates()[3 * hidden + j];
      double squashed = Math.tanh(step.cell()[j]);
      double cell = dc[j] + dh[j] * o * (1 - squashed * squashed);
      dz[j] = cell * g * i * (1 - i);
      dz[hidden + j] = cell * step.cellBefore()[j] * f * (1 - f);
      dz[2 * hidden + j] = cell * i * (1 - g * g);
      dz[3 * hidden + j] = dh[j] * squashed * o * (1 - o);
      dc[j] = cell * f;
    }
    return dz;
  }

  private double value(ParameterView view, int index) {
    return values[view.offset() + index];
  }
}
