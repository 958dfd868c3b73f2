package dev.mer4j.core;

import dev.mer4j.ConfigException;
import dev.mer4j.data.Emotion;
import java.util.Collections;
import java.util.List;

/**
 * The decision threshold of each emotion: the lowest probability at which it is predicted. Fitted
 * on validation data only; unused in the single-label task.
 *
 * @param perEmotion [C], in the order of {@link Emotion}, each in [0, 1]
 */
public record Thresholds(List<Double> perEmotion) {
  /** One half for every emotion, the default of a new model. */
  public static final Thresholds HALF = new Thresholds(Collections.nCopies(Emotion.COUNT, 0.5));

  public Thresholds {
    perEmotion = List.copyOf(perEmotion);
    if (perEmotion.size() != Emotion.COUNT
        || perEmotion.stream().anyMatch(t -> !(t >= 0 && t <= 1))) {
      throw new ConfigException("thresholds must be six numbers in [0, 1]: " + perEmotion);
    }
  }

  public double of(Emotion emotion) {
    return perEmotion.get(emotion.ordinal());
  }
}
