package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Presence;
import java.util.ArrayList;
import java.util.List;

/** Computes the attention weight of each modality, see {@link Fusion.Attention}. */
final class AttentionWeights {
  private final HeadShape shape;
  private final Parameters parameters;
  private final ParameterView score;
  private final List<Linear> layers = new ArrayList<>();
  private final List<Matrix> keys = new ArrayList<>();

  AttentionWeights(HeadShape shape, Parameters parameters) {
    this.shape = shape;
    this.parameters = parameters;
    score = parameters.view(HeadParameters.SCORE_WEIGHT);
    shape
        .modalities()
        .forEach(
            m ->
                layers.add(
                    new Linear(
                        parameters, HeadParameters.keyWeight(m), HeadParameters.keyBias(m))));
  }

  /** Returns α [B, M]; zeros for a row without any modality. */
  Matrix forward(List<Matrix> states, Presence presence) {
    keys.clear();
    Matrix weights = new Matrix(presence.size(), states.size());
    float[] u = parameters.copyOf(score.name());
    for (int m = 0; m < states.size(); m++) {
      Matrix key = layers.get(m).forward(states.get(m));
      for (int b = 0; b < key.rows(); b++) {
        weights.row(b)[m] = score(key.row(b), u);
      }
      keys.add(key);
    }
    for (int b = 0; b < presence.size(); b++) {
      ModalitySoftmax.apply(weights.row(b), shape.modalities(), presence.row(b));
    }
    return weights;
  }

  /** Replaces a key by its hyperbolic tangent and returns the dot product with u. */
  private static float score(float[] key, float[] u) {
    double sum = 0;
    for (int a = 0; a < key.length; a++) {
      key[a] = (float) (2 / (1 + StrictMath.exp(-2.0 * key[a])) - 1);
      sum += (double) u[a] * key[a];
    }
    return (float) sum;
  }

  /**
   * Overwrites the attention's part of the gradient [P] and adds to the loss's gradients with
   * respect to the states.
   *
   * @param weights the result of {@link #forward}
   * @param weightGradients [B, M], the loss's gradient with respect to the weights
   */
  void backward(
      Matrix weights, Matrix weightGradients, List<Matrix> stateGradients, float[] gradient) {
    float[] u = parameters.copyOf(score.name());
    float[] scoreGradient = new float[u.length];
    for (int m = 0; m < keys.size(); m++) {
      Matrix key = keys.get(m);
      Matrix keyGradient = new Matrix(key.rows(), key.columns());
      for (int b = 0; b < key.rows(); b++) {
        float gradScore = ModalitySoftmax.gradScore(weights.row(b), weightGradients.row(b), m);
        float[] tanh = key.row(b);
        Matrix.add(gradScore, tanh, scoreGradient);
        for (int a = 0; a < tanh.length; a++) {
          keyGradient.row(b)[a] = gradScore * u[a] * (1 - tanh[a] * tanh[a]);
        }
      }
      Matrix keyStateGradient = layers.get(m).backward(keyGradient, gradient);
      for (int b = 0; b < key.rows(); b++) {
        Matrix.add(1, keyStateGradient.row(b), stateGradients.get(m).row(b));
      }
    }
    System.arraycopy(scoreGradient, 0, gradient, score.offset(), scoreGradient.length);
  }
}
