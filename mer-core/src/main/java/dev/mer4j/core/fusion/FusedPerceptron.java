package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.seed.SeedStream;

/** A perceptron of the fused states, see {@link StateFusion}. */
final class FusedPerceptron implements LogitFunction {
  private final HeadShape shape;
  private final StateFusion fusion;
  private final Perceptron perceptron;

  FusedPerceptron(HeadShape shape, Parameters parameters) {
    this.shape = shape;
    fusion =
        shape.fusion() instanceof Fusion.AttentionSum
            ? new WeightedSum(shape, parameters)
            : new ScaledConcatenation(shape, parameters);
    perceptron = new Perceptron(parameters, HeadParameters.HEAD);
  }

  @Override
  public Matrix infer(PerModality<float[]> states, Presence presence) {
    return perceptron.infer(fusion.forward(states, presence));
  }

  @Override
  public Matrix train(PerModality<float[]> states, Presence presence, SeedStream draws) {
    Matrix dropout = new Matrix(presence.size(), shape.width());
    dropout.load(shape.dropoutFactors(presence.size(), draws), 0);
    return perceptron.train(fusion.forward(states, presence), dropout);
  }

  @Override
  public void backward(
      Matrix logitGradient, float[] gradient, PerModality<float[]> stateGradients) {
    fusion.backward(perceptron.backward(logitGradient, gradient), gradient, stateGradients);
  }

  @Override
  public float[] weights() {
    return fusion.weights().values();
  }

  @Override
  public float[] terms() {
    return new float[0];
  }
}
