package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;

/** The fusion head in plain Java: {@link Fusion}, then the perceptron of {@link HeadParameters}. */
public final class FusionHead implements Head {
  private final HeadShape shape;
  private final StateFusion fusion;
  private final Linear hidden;
  private final Linear output;
  private final LossFunction loss;

  /** Creates a head with the unweighted loss. Every pass reads the current parameters. */
  public FusionHead(HeadShape shape, Parameters parameters) {
    this(shape, parameters, Loss.unweighted(shape.classes()));
  }

  /** Creates a head with the given loss. Every pass reads the current parameters. */
  public FusionHead(HeadShape shape, Parameters parameters, Loss configured) {
    this.shape = shape;
    fusion = new StateFusion(shape, parameters);
    hidden = new Linear(parameters, HeadParameters.HIDDEN_WEIGHT, HeadParameters.HIDDEN_BIAS);
    output = new Linear(parameters, HeadParameters.OUTPUT_WEIGHT, HeadParameters.OUTPUT_BIAS);
    loss = new LossFunction(shape.task(), configured);
  }

  @Override
  public Output infer(PerModality<float[]> states, Presence presence) {
    Matrix units = hidden.forward(fusion.forward(states, presence));
    for (int b = 0; b < units.rows(); b++) {
      float[] row = units.row(b);
      for (int j = 0; j < row.length; j++) {
        row[j] = Math.max(row[j], 0);
      }
    }
    Matrix logits = output.forward(units);
    return new Output(logits.values(), probabilities(logits), fusion.weights().values());
  }

  private float[] probabilities(Matrix logits) {
    Matrix probabilities = new Matrix(logits.rows(), logits.columns());
    for (int b = 0; b < logits.rows(); b++) {
      float[] row = logits.row(b);
      double logSum = LossFunction.logSum(row);
      for (int c = 0; c < row.length; c++) {
        probabilities.row(b)[c] =
            shape.task() == Task.MULTI_LABEL
                ? (float) (1 / (1 + Math.exp(-row[c])))
                : (float) Math.exp(row[c] - logSum);
      }
    }
    return probabilities.values();
  }

  @Override
  public double train(
      PerModality<float[]> states,
      Presence presence,
      float[] targets,
      SeedStream draws,
      float[] gradient,
      PerModality<float[]> stateGradients) {
    Matrix units = hidden.forward(fusion.forward(states, presence));
    Matrix derivatives = rectify(units, draws);
    Matrix logits = output.forward(units);
    Matrix logitGradient = new Matrix(logits.rows(), logits.columns());
    double value = loss.of(logits, targets, logitGradient);
    Matrix unitGradient = output.backward(logitGradient, gradient);
    for (int b = 0; b < units.rows(); b++) {
      float[] row = unitGradient.row(b);
      float[] derivative = derivatives.row(b);
      for (int j = 0; j < row.length; j++) {
        row[j] *= derivative[j];
      }
    }
    fusion.backward(hidden.backward(unitGradient, gradient), gradient, stateGradients);
    return value;
  }

  /**
   * Applies ReLU and dropout to the hidden layer and returns the derivative of each unit [B, W]: 0
   * for an inactive or dropped unit, 1/(1-p) for the others.
   */
  private Matrix rectify(Matrix units, SeedStream draws) {
    Matrix derivatives = new Matrix(units.rows(), units.columns());
    derivatives.load(shape.dropoutFactors(units.rows(), draws), 0);
    for (int b = 0; b < units.rows(); b++) {
      float[] row = units.row(b);
      float[] derivative = derivatives.row(b);
      for (int j = 0; j < row.length; j++) {
        derivative[j] = row[j] <= 0 ? 0 : derivative[j];
        row[j] *= derivative[j];
      }
    }
    return derivatives;
  }
}
