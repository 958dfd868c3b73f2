package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.seed.SeedStream;

/**
 * The fusion head in plain Java: the logits of {@link Fusion}, with the parameters of {@link
 * HeadParameters}, their probabilities and the loss.
 */
public final class FusionHead implements Head {
  private final HeadShape shape;
  private final LogitFunction function;
  private final LossFunction loss;

  /** Creates a head with the unweighted loss. Every pass reads the current parameters. */
  public FusionHead(HeadShape shape, Parameters parameters) {
    this(shape, parameters, Loss.unweighted(shape.classes()));
  }

  /** Creates a head with the given loss. Every pass reads the current parameters. */
  public FusionHead(HeadShape shape, Parameters parameters, Loss configured) {
    this.shape = shape;
    function =
        shape.fusion() instanceof Fusion.Additive
            ? new TermSum(shape, parameters)
            : new FusedPerceptron(shape, parameters);
    loss = new LossFunction(shape.task(), configured);
  }

  @Override
  public Output infer(PerModality<float[]> states, Presence presence) {
    Matrix logits = function.infer(states, presence);
    return new Output(logits.values(), probabilities(logits), function.weights(), function.terms());
  }

  private float[] probabilities(Matrix logits) {
    Matrix probabilities = new Matrix(logits.rows(), logits.columns());
    for (int b = 0; b < logits.rows(); b++) {
      float[] row = logits.row(b);
      double logSum = LossFunction.logSum(row);
      for (int c = 0; c < row.length; c++) {
        probabilities.row(b)[c] =
            shape.task() == Task.MULTI_LABEL
                ? (float) (1 / (1 + StrictMath.exp(-row[c])))
                : (float) StrictMath.exp(row[c] - logSum);
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
    Matrix logits = function.train(states, presence, draws);
    Matrix logitGradient = new Matrix(logits.rows(), logits.columns());
    double value = loss.of(logits, targets, logitGradient);
    function.backward(logitGradient, gradient, stateGradients);
    return value;
  }
}
