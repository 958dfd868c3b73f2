package dev.mer4j.core;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import java.util.List;

/**
 * What a model says of one segment.
 *
 * @param available the modalities that the model was given
 * @param probabilities [C], in the order of {@link dev.mer4j.data.label.LabelScheme#classes}: the
 *     emotions, and none where that is a class
 * @param attention how much each available modality counted, adding up to 1; empty if the fusion
 *     has no attention or nothing was available
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
   * The emotion with the highest probability; the first of them on a tie. Where none is a class of
   * its own, it may be more probable yet: see {@link #mostProbableClass}.
   */
  public Emotion mostProbable() {
    return Emotion.values()[highest(Emotion.COUNT)];
  }

  /** The class with the highest probability; the first of them on a tie. */
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
