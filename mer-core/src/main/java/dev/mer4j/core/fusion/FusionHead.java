package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.seed.SeedStream;

/**
 * The fusion head: from states to emotions and back, as {@link HeadParameters} and {@link Fusion}
 * describe it, in plain loops.
 */
public final class FusionHead implements Head {
  private final HeadShape shape;
  private final StateFusion fusion;
  private final Linear hidden;
  private final Linear output;
  private final LossFunction loss;

  /** Makes the head that reads these parameters, anew in every pass, with the plain loss. */
  public FusionHead(HeadShape shape, Parameters parameters) {
    this(shape, parameters, Loss.unweighted(shape.classes()));
  }

  /** As {@link #FusionHead(HeadShape, Parameters)}, with this loss. */
  public FusionHead(HeadShape shape, Parameters parameters, Loss minimized) {
    this.shape = shape;
    fusion = new StateFusion(shape, parameters);
    hidden = new Linear(parameters, HeadParameters.HIDDEN_WEIGHT, HeadParameters.HIDDEN_BIAS);
    output = new Linear(parameters, HeadParameters.OUTPUT_WEIGHT, HeadParameters.OUTPUT_BIAS);
    loss = new LossFunction(shape.task(), minimized);
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
    Matrix slopes = rectify(units, draws);
    Matrix logits = output.forward(units);
    Matrix change = new Matrix(logits.rows(), logits.columns());
    double value = loss.of(logits, targets, change);
    Matrix unitChange = output.backward(change, gradient);
    for (int b = 0; b < units.rows(); b++) {
      float[] row = unitChange.row(b);
      float[] slope = slopes.row(b);
      for (int j = 0; j < row.length; j++) {
        row[j] *= slope[j];
      }
    }
    fusion.backward(hidden.backward(unitChange, gradient), gradient, stateGradients);
    return value;
  }

  /**
   * Applies ReLU and dropout to the hidden layer, and returns the slope of each unit [B, W]: 0 for
   * one that is off or dropped, 1/(1-p) for the others.
   */
  private Matrix rectify(Matrix units, SeedStream draws) {
    Matrix slopes = new Matrix(units.rows(), units.columns());
    slopes.load(shape.dropoutFactors(units.rows(), draws), 0);
    for (int b = 0; b < units.rows(); b++) {
      float[] row = units.row(b);
      float[] slope = slopes.row(b);
      for (int j = 0; j < row.length; j++) {
        slope[j] = row[j] <= 0 ? 0 : slope[j];
        row[j] *= slope[j];
      }
    }
    return slopes;
  }
}
