package dev.mer4j.onednn;

import dev.mer4j.core.encoder.ActiveRows;
import dev.mer4j.core.encoder.AttentionPooling;
import dev.mer4j.core.encoder.PoolingParameters;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import java.util.Arrays;
import java.util.List;

/** The attention pooling of one modality, in plain Java. */
final class OneDnnPooling {
  private final Modality modality;
  private final ParameterView view;
  private final Parameters parameters;
  private final List<OneDnnLstm> directions;
  private final AttentionPooling pooling;

  OneDnnPooling(Modality modality, Parameters parameters, List<OneDnnLstm> directions) {
    this.modality = modality;
    view = PoolingParameters.of(parameters, modality);
    this.parameters = parameters;
    this.directions = directions;
    pooling = new AttentionPooling(view.size());
  }

  Modality modality() {
    return modality;
  }

  /** Writes the pooled halves of the states [B, 4H] of the active rows. */
  void forward(ActiveRows rows, float[] states) {
    pooling.load(view, parameters.values());
    for (int r = 0; r < rows.count(); r++) {
      load(rows, r);
      System.arraycopy(pooling.pool(), 0, states, state(rows, r), view.size());
    }
  }

  /**
   * Adds the gradients of all steps to those of the directions, and overwrites the gradient with
   * respect to v.
   *
   * @param stateGradients [B, 4H]
   * @param gradient [P]
   */
  void backward(ActiveRows rows, float[] stateGradients, float[] gradient) {
    pooling.load(view, parameters.values());
    Arrays.fill(gradient, view.offset(), view.offset() + view.size(), 0);
    float[] vectorGradient = new float[view.size()];
    for (int r = 0; r < rows.count(); r++) {
      load(rows, r);
      pooling.pool();
      int at = state(rows, r);
      float[] pooledGradient = Arrays.copyOfRange(stateGradients, at, at + view.size());
      pooling.backward(pooledGradient, vectorGradient);
      for (int j = 0; j < vectorGradient.length; j++) {
        gradient[view.offset() + j] += vectorGradient[j];
      }
      addStepGradients(rows, r, pooledGradient);
    }
  }

  private void addStepGradients(ActiveRows rows, int r, float[] pooledGradient) {
    float[] stepGradient = new float[view.size()];
    for (int t = 0; t < rows.lengths()[r]; t++) {
      for (int j = 0; j < stepGradient.length; j++) {
        stepGradient[j] =
            pooling.weight(t) * pooledGradient[j] + pooling.scoreGradient(t) * pooling.vector()[j];
      }
      for (OneDnnLstm direction : directions) {
        direction.addGradient(rows, r, t, stepGradient);
      }
    }
  }

  private void load(ActiveRows rows, int r) {
    float[][] steps = pooling.steps(rows.lengths()[r]);
    directions.forEach(direction -> direction.steps(rows, r, steps));
  }

  private int state(ActiveRows rows, int r) {
    return (2 * rows.rows()[r] + 1) * view.size();
  }
}
