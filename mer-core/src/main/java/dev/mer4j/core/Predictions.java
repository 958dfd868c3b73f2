package dev.mer4j.core;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model's predictions for several segments, with the thresholds that decide on them and the
 * temperatures that calibrate their probabilities.
 *
 * @param scheme the labels that the model predicts
 * @param thresholds the decision thresholds; those of a row depend on its available modalities
 * @param temperatures of {@link #calibrated}, empty if unknown
 * @param rows with probabilities that are not scaled
 */
public record Predictions(
    LabelSet scheme,
    Thresholds thresholds,
    Optional<Temperatures> temperatures,
    List<Prediction> rows) {
  public Predictions {
    thresholds.requireClasses(scheme);
    temperatures.ifPresent(each -> each.requireClasses(scheme));
    rows = List.copyOf(rows);
  }

  /** Creates predictions without temperatures. */
  public Predictions(LabelSet scheme, Thresholds thresholds, List<Prediction> rows) {
    this(scheme, thresholds, Optional.empty(), rows);
  }

  public int size() {
    return rows.size();
  }

  /** Returns the rows of segments that have labels. */
  public Predictions labeled() {
    List<Prediction> labeled =
        rows.stream().filter(row -> row.segment().scores().isLabeled()).toList();
    return labeled.size() == rows.size() ? this : withRows(labeled);
  }

  /** Returns the rows that were predicted from exactly these modalities. */
  public Predictions from(ModalitySet available) {
    return withRows(rows.stream().filter(row -> row.available().equals(available)).toList());
  }

  /** Returns other rows with the same thresholds and temperatures. */
  public Predictions withRows(List<Prediction> others) {
    return new Predictions(scheme, thresholds, temperatures, others);
  }

  /** Returns the same probabilities with other thresholds. */
  public Predictions withThresholds(Thresholds others) {
    return new Predictions(scheme, others, temperatures, rows);
  }

  /** Returns the same predictions with other temperatures. */
  public Predictions withTemperatures(Temperatures others) {
    return new Predictions(scheme, thresholds, Optional.of(others), rows);
  }

  /**
   * Returns the probabilities [C] of a row, scaled by the temperatures of its available modalities;
   * unscaled if the temperatures are unknown.
   */
  public List<Double> calibrated(int row) {
    return temperatures
        .map(each -> each.applyTo(rows.get(row), scheme.task()))
        .orElseGet(() -> rows.get(row).probabilities());
  }

  /**
   * Returns the emotions predicted for a row. In the multi-label task: those at or above the
   * thresholds of its available modalities. In the single-label task: that of {@link
   * #predictedClass}, or nothing if that is the class none.
   */
  public Set<Emotion> predicted(int row) {
    Prediction prediction = rows.get(row);
    if (scheme.task() == Task.SINGLE_LABEL) {
      int best = predictedClass(row);
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
      return predictedClass(row) == label;
    }
    return prediction.probabilities().get(label)
        >= thresholds.of(prediction.available()).get(label);
  }

  /**
   * Returns the index of the class predicted for a row, of {@link LabelSet#classes}: in the
   * single-label task by the thresholds of its available modalities, in the multi-label task the
   * most probable one.
   */
  public int predictedClass(int row) {
    Prediction prediction = rows.get(row);
    return scheme.task() == Task.SINGLE_LABEL
        ? thresholds.predictedClass(prediction.available(), prediction.probabilities())
        : prediction.mostProbableClass();
  }
}
