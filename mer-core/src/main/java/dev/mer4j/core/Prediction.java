package dev.mer4j.core;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import java.util.List;

/**
 * A model's prediction for one segment.
 *
 * @param available the modalities that the prediction used
 * @param probabilities [C], in the order of {@link dev.mer4j.data.label.LabelScheme#classes}: the
 *     emotions, then none where that is a class
 * @param attention the weight of each available modality, adding up to 1; empty if the fusion has
 *     no attention or no modality was available
 */
public record Prediction(
    SegmentInfo segment,
    ModalitySet available,
    List<Double> probabilities,
    PerModality<Double> attention) {
  public Prediction {
    probabilities = List.copyOf(probabilities);
  }

  public double probability(Emotion emotion) {
    return probabilities.get(emotion.ordinal());
  }

  /**
   * Returns the emotion with the highest probability, the first on a tie. Where none is a class, it
   * is not considered; see {@link #mostProbableClass}.
   */
  public Emotion mostProbable() {
    return Emotion.values()[highest(Emotion.COUNT)];
  }

  /** Returns the index of the class with the highest probability, the first on a tie. */
  public int mostProbableClass() {
    return highest(probabilities.size());
  }

  private int highest(int classes) {
    int best = 0;
    for (int c = 1; c < classes; c++) {
      if (probabilities.get(c) > probabilities.get(best)) {
        best = c;
      }
    }
    return best;
  }
}
