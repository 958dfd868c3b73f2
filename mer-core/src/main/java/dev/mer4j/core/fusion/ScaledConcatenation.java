package dev.mer4j.core.fusion;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Concatenates the states, scaled by {@link Fusion.Attention} if that is the head's fusion. */
final class ScaledConcatenation implements StateFusion {
  private final HeadShape shape;
  private final @Nullable AttentionWeights attention;
  private final List<Matrix> states = new ArrayList<>();
  private Matrix weights = new Matrix(0, 0);

  ScaledConcatenation(HeadShape shape, Parameters parameters) {
    this.shape = shape;
    attention =
        shape.fusion() instanceof Fusion.Attention ? new AttentionWeights(shape, parameters) : null;
  }

  @Override
  public Matrix weights() {
    return weights;
  }

  @Override
  public Matrix forward(PerModality<float[]> given, Presence presence) {
    states.clear();
    for (Modality modality : shape.modalities()) {
      Matrix state = new Matrix(presence.size(), shape.stateWidth());
      state.load(given.get(modality), 0);
      states.add(state);
    }
    if (attention == null) {
      weights = new Matrix(presence.size(), states.size());
      weights.load(shape.mask(presence), 0);
    } else {
      weights = attention.forward(states, presence);
    }
    Matrix joined = new Matrix(presence.size(), shape.fusedWidth());
    for (int b = 0; b < presence.size(); b++) {
      float[] row = joined.row(b);
      for (int m = 0; m < states.size(); m++) {
        float[] state = states.get(m).row(b);
        float factor = factor(b, m);
        for (int j = 0; j < state.length; j++) {
          row[m * state.length + j] = factor * state[j];
        }
      }
    }
    return joined;
  }

  /**
   * Returns the factor of a state; attention weights are multiplied by M, so that equal weights
   * have no effect.
   */
  private float factor(int b, int m) {
    return (attention == null ? 1 : states.size()) * weights.row(b)[m];
  }

  @Override
  public void backward(
      Matrix fusedGradient, float[] gradient, PerModality<float[]> stateGradients) {
    Matrix weightGradients = new Matrix(weights.rows(), weights.columns());
    List<Matrix> ownGradients = new ArrayList<>();
    for (int m = 0; m < states.size(); m++) {
      Matrix ownGradient = new Matrix(fusedGradient.rows(), shape.stateWidth());
      for (int b = 0; b < fusedGradient.rows(); b++) {
        float[] state = states.get(m).row(b);
        float[] own = ownGradient.row(b);
        System.arraycopy(fusedGradient.row(b), m * own.length, own, 0, own.length);
        double product = 0;
        for (int j = 0; j < own.length; j++) {
          product += (double) own[j] * state[j];
          own[j] *= factor(b, m);
        }
        weightGradients.row(b)[m] = (float) (states.size() * product);
      }
      ownGradients.add(ownGradient);
    }
    if (attention != null) {
      attention.backward(weights, weightGradients, ownGradients, gradient);
    }
    for (int m = 0; m < states.size(); m++) {
      float[] own = ownGradients.get(m).values();
      System.arraycopy(own, 0, stateGradients.get(shape.modalities().get(m)), 0, own.length);
    }
  }
}
