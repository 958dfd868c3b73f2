package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Parameters;

/**
 * Two linear layers with ReLU and dropout between them. Every pass reads the current parameters;
 * {@link #backward} uses the latest training pass.
 */
final class Perceptron {
  private final Linear hidden;
  private final Linear output;
  private Matrix derivatives = new Matrix(0, 0);

  /** Creates the perceptron of this name in {@link HeadParameters}. */
  Perceptron(Parameters parameters, String name) {
    hidden =
        new Linear(parameters, HeadParameters.hiddenWeight(name), HeadParameters.hiddenBias(name));
    output =
        new Linear(parameters, HeadParameters.outputWeight(name), HeadParameters.outputBias(name));
  }

  /** Returns W, the number of hidden units. */
  int width() {
    return hidden.outputs();
  }

  /** Returns the output [B, C] without dropout. */
  Matrix infer(Matrix input) {
    Matrix units = hidden.forward(input);
    for (int b = 0; b < units.rows(); b++) {
      float[] row = units.row(b);
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.max(row[j], 0);
      }
    }
    return output.forward(units);
  }

  /**
   * Returns the output [B, C] with dropout.
   *
   * @param dropout [B, W], the factors of the hidden units; overwritten
   */
  Matrix train(Matrix input, Matrix dropout) {
    Matrix units = hidden.forward(input);
    derivatives = rectify(units, dropout);
    return output.forward(units);
  }

  /**
   * Applies ReLU and dropout to the hidden layer and returns the derivative of each unit [B, W]: 0
   * for an inactive or dropped unit, 1/(1-p) for the others.
   */
  private static Matrix rectify(Matrix units, Matrix dropout) {
    for (int b = 0; b < units.rows(); b++) {
      float[] row = units.row(b);
      float[] derivative = dropout.row(b);
      for (int j = 0; j < row.length; j++) {
        derivative[j] = row[j] <= 0 ? 0 : derivative[j];
        row[j] *= derivative[j];
      }
    }
    return dropout;
  }

  /**
   * Overwrites the perceptron's part of the gradient [P] and returns the loss's gradient with
   * respect to the input.
   *
   * @param outputGradient [B, C], the loss's gradient with respect to the output
   */
  Matrix backward(Matrix outputGradient, float[] gradient) {
    Matrix unitGradient = output.backward(outputGradient, gradient);
    for (int b = 0; b < unitGradient.rows(); b++) {
      float[] row = unitGradient.row(b);
      float[] derivative = derivatives.row(b);
      for (int j = 0; j < row.length; j++) {
        row[j] *= derivative[j];
      }
    }
    return hidden.backward(unitGradient, gradient);
  }
}
