package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import java.util.List;
import java.util.Optional;

/**
 * A model's prediction for one segment.
 *
 * @param available the modalities that the prediction used
 * @param labels the labels that the model predicts, in order
 * @param probabilities [C], in the order of {@link dev.mer4j.data.label.LabelSet#classes}: the
 *     emotions, then none where that is a class
 * @param attention the weight of each available modality, adding up to 1; empty if the fusion has
 *     no attention or no modality was available
 * @param contributions the terms that make up the logits; empty unless the fusion is additive
 */
public record Prediction(
    SegmentInfo segment,
    ModalitySet available,
    List<Emotion> labels,
    List<Double> probabilities,
    PerModality<Double> attention,
    Optional<Contributions> contributions) {
  public Prediction {
    labels = List.copyOf(labels);
    probabilities = List.copyOf(probabilities);
  }

  /** Makes a prediction without contributions. */
  public Prediction(
      SegmentInfo segment,
      ModalitySet available,
      List<Emotion> labels,
      List<Double> probabilities,
      PerModality<Double> attention) {
    this(segment, available, labels, probabilities, attention, Optional.empty());
  }

  /** Makes a prediction of {@link Emotion#MOSEI}. */
  public Prediction(
      SegmentInfo segment,
      ModalitySet available,
      List<Double> probabilities,
      PerModality<Double> attention) {
    this(segment, available, Emotion.MOSEI, probabilities, attention);
  }

  /**
   * Returns the probability of a label.
   *
   * @throws ConfigException if the model does not predict it
   */
  public double probability(Emotion emotion) {
    int at = labels.indexOf(emotion);
    if (at < 0) {
      throw new ConfigException("no label " + emotion + " among " + labels);
    }
    return probabilities.get(at);
  }

  /**
   * Returns the emotion with the highest probability, the first on a tie. Where none is a class, it
   * is not considered; see {@link #mostProbableClass}. A model decides by its thresholds instead:
   * see {@link Predictions#predicted(int)}.
   */
  public Emotion mostProbable() {
    return labels.get(highest(labels.size()));
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
