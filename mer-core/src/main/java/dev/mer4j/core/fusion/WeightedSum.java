package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import java.util.ArrayList;
import java.util.List;

/** Sums the states, weighted by {@link Fusion.AttentionSum}. */
final class WeightedSum implements StateFusion {
  private final HeadShape shape;
  private final Parameters parameters;
  private final ParameterView score;
  private final List<Matrix> states = new ArrayList<>();
  private Matrix weights = new Matrix(0, 0);

  WeightedSum(HeadShape shape, Parameters parameters) {
    this.shape = shape;
    this.parameters = parameters;
    score = parameters.view(HeadParameters.SCORE_WEIGHT);
  }

  @Override
  public Matrix weights() {
    return weights;
  }

  @Override
  public Matrix forward(PerModality<float[]> given, Presence presence) {
    states.clear();
    weights = new Matrix(presence.size(), shape.modalities().size());
    float[] w = parameters.copyOf(score.name());
    for (Modality modality : shape.modalities()) {
      Matrix state = new Matrix(presence.size(), shape.stateWidth());
      state.load(given.get(modality), 0);
      for (int b = 0; b < state.rows(); b++) {
        weights.row(b)[states.size()] = (float) product(w, state.row(b));
      }
      states.add(state);
    }
    Matrix sum = new Matrix(presence.size(), shape.fusedWidth());
    for (int b = 0; b < sum.rows(); b++) {
      ModalitySoftmax.apply(weights.row(b), shape.modalities(), presence.row(b));
      for (int m = 0; m < states.size(); m++) {
        Matrix.add(weights.row(b)[m], states.get(m).row(b), sum.row(b));
      }
    }
    return sum;
  }

  @Override
  public void backward(
      Matrix fusedGradient, float[] gradient, PerModality<float[]> stateGradients) {
    float[] w = parameters.copyOf(score.name());
    float[] gradW = new float[w.length];
    List<Matrix> ownGradients = new ArrayList<>();
    states.forEach(state -> ownGradients.add(new Matrix(state.rows(), state.columns())));
    float[] weightGradients = new float[states.size()];
    for (int b = 0; b < fusedGradient.rows(); b++) {
      for (int m = 0; m < states.size(); m++) {
        weightGradients[m] = (float) product(fusedGradient.row(b), states.get(m).row(b));
      }
      for (int m = 0; m < states.size(); m++) {
        float gradScore = ModalitySoftmax.gradScore(weights.row(b), weightGradients, m);
        Matrix.add(gradScore, states.get(m).row(b), gradW);
        Matrix.add(weights.row(b)[m], fusedGradient.row(b), ownGradients.get(m).row(b));
        Matrix.add(gradScore, w, ownGradients.get(m).row(b));
      }
    }
    System.arraycopy(gradW, 0, gradient, score.offset(), gradW.length);
    for (int m = 0; m < states.size(); m++) {
      ownGradients.get(m).store(stateGradients.get(shape.modalities().get(m)), 0);
    }
  }

  private static double product(float[] left, float[] right) {
    double sum = 0;
    for (int j = 0; j < left.length; j++) {
      sum += (double) left[j] * right[j];
    }
    return sum;
  }
}
