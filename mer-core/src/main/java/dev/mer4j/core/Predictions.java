package dev.mer4j.core;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.Task;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a model says of several segments, and how to read it.
 *
 * @param scheme the task the model was trained for
 * @param thresholds where each emotion counts as predicted in the multi-label task
 */
public record Predictions(LabelScheme scheme, Thresholds thresholds, List<Prediction> rows) {
  public Predictions {
    rows = List.copyOf(rows);
  }

  public int size() {
    return rows.size();
  }

  /** Returns the same probabilities, read with other thresholds. */
  public Predictions withThresholds(Thresholds others) {
    return new Predictions(scheme, others, rows);
  }

  /**
   * The emotions predicted for a row: those at or above their thresholds, or the most probable one;
   * nothing where the class none is more probable than all of them.
   */
  public Set<Emotion> predicted(int row) {
    Prediction prediction = rows.get(row);
    if (scheme.task() == Task.SINGLE_LABEL) {
      int best = prediction.mostProbableClass();
      return best == Emotion.COUNT ? Set.of() : Set.of(Emotion.values()[best]);
    }
    Set<Emotion> predicted = EnumSet.noneOf(Emotion.class);
    for (Emotion emotion : Emotion.values()) {
      if (prediction.probability(emotion) >= thresholds.of(emotion)) {
        predicted.add(emotion);
      }
    }
    return predicted;
  }

  /** Whether a class of {@link LabelScheme#classes} is predicted for a row: an emotion, or none. */
  public boolean predicted(int row, int label) {
    return label == Emotion.COUNT
        ? rows.get(row).mostProbableClass() == label
        : predicted(row).contains(Emotion.values()[label]);
  }
}
