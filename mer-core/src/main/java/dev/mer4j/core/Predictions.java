package dev.mer4j.core;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A model's predictions for several segments, with the thresholds that decide on them.
 *
 * @param scheme the labels that the model predicts
 * @param thresholds the decision thresholds of the multi-label task; those of a row depend on its
 *     available modalities
 */
public record Predictions(LabelSet scheme, Thresholds thresholds, List<Prediction> rows) {
  public Predictions {
    thresholds.requireLabels(scheme.labels().size());
    rows = List.copyOf(rows);
  }

  public int size() {
    return rows.size();
  }

  /** Returns the rows of segments that have labels. */
  public Predictions labeled() {
    List<Prediction> labeled =
        rows.stream().filter(row -> row.segment().scores().isLabeled()).toList();
    return labeled.size() == rows.size() ? this : new Predictions(scheme, thresholds, labeled);
  }

  /** Returns the same probabilities with other thresholds. */
  public Predictions withThresholds(Thresholds others) {
    return new Predictions(scheme, others, rows);
  }

  /**
   * Returns the emotions predicted for a row. In the multi-label task: those at or above the
   * thresholds of its available modalities. In the single-label task: the most probable one, or
   * nothing if the class none is more probable.
   */
  public Set<Emotion> predicted(int row) {
    Prediction prediction = rows.get(row);
    if (scheme.task() == Task.SINGLE_LABEL) {
      int best = prediction.mostProbableClass();
      return best == scheme.labels().size() ? Set.of() : Set.of(scheme.labels().get(best));
    }
    List<Double> own = thresholds.of(prediction.available());
    Set<Emotion> predicted = new LinkedHashSet<>();
    for (int c = 0; c < scheme.labels().size(); c++) {
      if (prediction.probabilities().get(c) >= own.get(c)) {
        predicted.add(scheme.labels().get(c));
      }
    }
    return predicted;
  }

  /**
   * Returns whether a class of {@link LabelSet#classes}, an emotion or none, is predicted for a
   * row.
   */
  public boolean predicted(int row, int label) {
    Prediction prediction = rows.get(row);
    if (scheme.task() == Task.SINGLE_LABEL) {
      return prediction.mostProbableClass() == label;
    }
    return label == scheme.labels().size()
        ? prediction.mostProbableClass() == label
        : prediction.probabilities().get(label) >= thresholds.of(prediction.available()).get(label);
  }
}
