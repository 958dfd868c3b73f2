package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;

/**
 * A layer {@code y = x·Wᵀ + b} from N to K values. It reads its parameters anew in every pass, and
 * remembers its input for the pass backward.
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

  /** Returns [B, K] of an input [B, N]. */
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
   * Overwrites the layer's share of the gradient [P] and returns the loss's gradient with respect
   * to the input, [B, N].
   *
   * @param change [B, K], the loss's gradient with respect to the output of the last pass forward
   */
  Matrix backward(Matrix change, float[] gradient) {
    weightGradient.clear();
    weightGradient.addProduct(change.transposed(), input);
    weightGradient.store(gradient, weightView.offset());
    float[] sum = new float[change.columns()];
    for (int b = 0; b < change.rows(); b++) {
      Matrix.add(1, change.row(b), sum);
    }
    System.arraycopy(sum, 0, gradient, biasView.offset(), sum.length);
    Matrix inputChange = new Matrix(input.rows(), input.columns());
    inputChange.addProduct(change, weight);
    return inputChange;
  }
}
