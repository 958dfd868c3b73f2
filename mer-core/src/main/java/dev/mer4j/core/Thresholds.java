package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import java.util.Collections;
import java.util.List;

/**
 * The decision threshold of each emotion: the lowest probability at which it is predicted. Fitted
 * on validation data only; unused in the single-label task.
 *
 * @param perEmotion [C], in the order of the labels, each in [0, 1]
 */
public record Thresholds(List<Double> perEmotion) {
  /** One half for each of CMU-MOSEI's six emotions. */
  public static final Thresholds HALF = half(Emotion.MOSEI.size());

  public Thresholds {
    perEmotion = List.copyOf(perEmotion);
    if (perEmotion.isEmpty() || perEmotion.stream().anyMatch(t -> !(t >= 0 && t <= 1))) {
      throw new ConfigException("thresholds must be numbers in [0, 1]: " + perEmotion);
    }
  }

  /** One half for every one of some labels. */
  public static Thresholds half(int labels) {
    return new Thresholds(Collections.nCopies(labels, 0.5));
  }

  /**
   * Checks that there is one threshold for each label.
   *
   * @throws ConfigException if there is not
   */
  public void requireLabels(int labels) {
    if (perEmotion.size() != labels) {
      throw new ConfigException(
          "a model of " + labels + " labels needs as many thresholds: " + perEmotion);
    }
  }

  /** Returns the threshold of a label, by its index. */
  public double of(int label) {
    return perEmotion.get(label);
  }
}
