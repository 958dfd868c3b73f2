package dev.mer4j.core.encoder;

import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;

/** The equations of {@link AttentionPooling} and their derivatives in double precision. */
final class ReferencePooling {
  private final ParameterView view;
  private final float[] values;
  private final double[][] steps;
  private final double[] weights;

  /**
   * Creates the pooling of a row.
   *
   * @param steps [T, 2H]
   */
  ReferencePooling(Parameters parameters, Modality modality, double[][] steps) {
    view = PoolingParameters.of(parameters, modality);
    values = parameters.values();
    this.steps = steps;
    weights = new double[steps.length];
    double sum = 0;
    for (int t = 0; t < steps.length; t++) {
      double score = 0;
      for (int j = 0; j < view.size(); j++) {
        score += values[view.offset() + j] * steps[t][j];
      }
      weights[t] = Math.exp(score);
      sum += weights[t];
    }
    for (int t = 0; t < steps.length; t++) {
      weights[t] /= sum;
    }
  }

  /** Returns p [2H]; zero for a row without steps. */
  double[] pooled() {
    double[] pooled = new double[view.size()];
    for (int t = 0; t < steps.length; t++) {
      for (int j = 0; j < pooled.length; j++) {
        pooled[j] += weights[t] * steps[t][j];
      }
    }
    return pooled;
  }

  /**
   * Adds the gradient with respect to v, and returns those with respect to the steps [T, 2H].
   *
   * @param pooledGradient [2H]
   */
  double[][] addGradient(double[] pooledGradient, double[] gradient) {
    double[] products = new double[steps.length];
    double mean = 0;
    for (int t = 0; t < steps.length; t++) {
      for (int j = 0; j < view.size(); j++) {
        products[t] += pooledGradient[j] * steps[t][j];
      }
      mean += weights[t] * products[t];
    }
    double[][] stepGradients = new double[steps.length][view.size()];
    for (int t = 0; t < steps.length; t++) {
      double scoreGradient = weights[t] * (products[t] - mean);
      for (int j = 0; j < view.size(); j++) {
        gradient[view.offset() + j] += scoreGradient * steps[t][j];
        stepGradients[t][j] =
            weights[t] * pooledGradient[j] + scoreGradient * values[view.offset() + j];
      }
    }
    return stepGradients;
  }
}
