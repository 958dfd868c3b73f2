package dev.mer4j.core;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.Task;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A model's predictions for several segments, with the thresholds that decide on them.
 *
 * @param scheme the labels that the model predicts
 * @param thresholds the decision threshold of each emotion in the multi-label task
 */
public record Predictions(LabelScheme scheme, Thresholds thresholds, List<Prediction> rows) {
  public Predictions {
    rows = List.copyOf(rows);
  }

  public int size() {
    return rows.size();
  }

  /** Returns the same probabilities with other thresholds. */
  public Predictions withThresholds(Thresholds others) {
    return new Predictions(scheme, others, rows);
  }

  /**
   * Returns the emotions predicted for a row. In the multi-label task: those at or above their
   * thresholds. In the single-label task: the most probable one, or nothing if the class none is
   * more probable.
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

  /**
   * Returns whether a class of {@link LabelScheme#classes}, an emotion or none, is predicted for a
   * row.
   */
  public boolean predicted(int row, int label) {
    return label == Emotion.COUNT
        ? rows.get(row).mostProbableClass() == label
        : predicted(row).contains(Emotion.values()[label]);
  }
}
