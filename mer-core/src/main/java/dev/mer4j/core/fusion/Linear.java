package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;

/**
 * A layer {@code y = x·Wᵀ + b} from N to K values. Every pass reads the current parameters; {@link
 * #backward} uses the input of the latest forward pass.
 */
final class Linear {
  private final Parameters parameters;
  private final ParameterView weightView;
  private final ParameterView biasView;
  private final Matrix weight;
  private final Matrix transposed;
  private final Matrix weightGradient;
  private Matrix input = new Matrix(0, 0);

  Linear(Parameters parameters, String weight, String bias) {
    this.parameters = parameters;
    weightView = parameters.view(weight);
    biasView = parameters.view(bias);
    int outputs = weightView.shape().get(0);
    int inputs = weightView.shape().get(1);
    this.weight = new Matrix(outputs, inputs);
    transposed = new Matrix(inputs, outputs);
    weightGradient = new Matrix(outputs, inputs);
  }

  /** Returns K. */
  int outputs() {
    return weight.rows();
  }

  /** Returns the output [B, K] for an input [B, N]. */
  Matrix forward(Matrix values) {
    input = values;
    float[] current = parameters.values();
    weight.load(current, weightView.offset());
    transposed.loadTransposed(weight);
    Matrix output = new Matrix(input.rows(), weight.rows());
    for (int b = 0; b < output.rows(); b++) {
      System.arraycopy(current, biasView.offset(), output.row(b), 0, output.columns());
    }
    output.addProduct(input, transposed);
    return output;
  }

  /**
   * Overwrites the layer's part of the gradient [P] and returns the loss's gradient with respect to
   * the input, [B, N].
   *
   * @param outputGradient [B, K], the loss's gradient with respect to the output of the latest
   *     forward pass
   */
  Matrix backward(Matrix outputGradient, float[] gradient) {
    weightGradient.clear();
    weightGradient.addProduct(outputGradient.transposed(), input);
    weightGradient.store(gradient, weightView.offset());
    float[] sum = new float[outputGradient.columns()];
    for (int b = 0; b < outputGradient.rows(); b++) {
      Matrix.add(1, outputGradient.row(b), sum);
    }
    System.arraycopy(sum, 0, gradient, biasView.offset(), sum.length);
    Matrix inputGradient = new Matrix(input.rows(), input.columns());
    inputGradient.addProduct(outputGradient, weight);
    return inputGradient;
  }
}
