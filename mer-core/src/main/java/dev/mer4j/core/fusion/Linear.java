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
  private final Matrix transposed;
  private Matrix input = new Matrix(0, 0);

  /** Allocated by the first backward pass, because most layers are only used for inference. */
  private Matrix weight = new Matrix(0, 0);

  private Matrix weightGradient = new Matrix(0, 0);

  /** The version of the parameters that are transposed; -1 if none are. */
  private long version = -1;

  Linear(Parameters parameters, String weight, String bias) {
    this.parameters = parameters;
    weightView = parameters.view(weight);
    biasView = parameters.view(bias);
    transposed = new Matrix(weightView.shape().get(1), outputs());
  }

  /** Returns K. */
  int outputs() {
    return weightView.shape().get(0);
  }

  /** Returns the output [B, K] for an input [B, N]. */
  Matrix forward(Matrix values) {
    input = values;
    long now = parameters.version();
    float[] current = parameters.read();
    if (!parameters.areUnchangedSince(version)) {
      transposed.loadTransposed(current, weightView.offset());
      version = now;
    }
    Matrix output = new Matrix(input.rows(), outputs());
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
    if (weight.rows() == 0) {
      weight = new Matrix(outputs(), input.columns());
      weightGradient = new Matrix(outputs(), input.columns());
    }
    weightGradient.clear();
    weightGradient.addProduct(outputGradient.transposed(), input);
    weightGradient.store(gradient, weightView.offset());
    float[] sum = new float[outputGradient.columns()];
    for (int b = 0; b < outputGradient.rows(); b++) {
      Matrix.add(1, outputGradient.row(b), sum);
    }
    System.arraycopy(sum, 0, gradient, biasView.offset(), sum.length);
    weight.load(parameters.read(), weightView.offset());
    Matrix inputGradient = new Matrix(input.rows(), input.columns());
    inputGradient.addProduct(outputGradient, weight);
    return inputGradient;
  }
}
