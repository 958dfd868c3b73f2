package dev.mer4j.core.fusion;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import java.util.List;

/** The softmax over the present modalities of one row. */
final class ModalitySoftmax {
  private ModalitySoftmax() {}

  /**
   * Replaces the scores [M] by weights that add up to 1 over the present modalities and are 0 for
   * the others.
   */
  static void apply(float[] scores, List<Modality> modalities, ModalitySet present) {
    double highest = Double.NEGATIVE_INFINITY;
    for (int m = 0; m < scores.length; m++) {
      if (present.contains(modalities.get(m))) {
        highest = Math.max(highest, scores[m]);
      }
    }
    double[] shares = new double[scores.length];
    double sum = 0;
    for (int m = 0; m < scores.length; m++) {
      if (present.contains(modalities.get(m))) {
        shares[m] = StrictMath.exp(scores[m] - highest);
        sum += shares[m];
      }
    }
    for (int m = 0; m < scores.length; m++) {
      scores[m] = shares[m] == 0 ? 0 : (float) (shares[m] / sum);
    }
  }

  /**
   * Returns the loss's gradient with respect to the score of a modality; 0 if it is absent.
   *
   * @param weights [M]
   * @param weightGradients [M], the loss's gradient with respect to the weights
   */
  static float gradScore(float[] weights, float[] weightGradients, int m) {
    double mean = 0;
    for (int k = 0; k < weights.length; k++) {
      mean += (double) weights[k] * weightGradients[k];
    }
    return (float) (weights[m] * (weightGradients[m] - mean));
  }
}
