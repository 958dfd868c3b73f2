package dev.mer4j.eval.metric;

import dev.mer4j.MerException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A segment's labels and predictions. Every metric reads both from this type, so they cannot be
 * swapped.
 *
 * @param prediction the segment with its labels, and the probabilities [C], each in [0, 1]
 * @param labels of the task
 * @param predicted the emotions that count as predicted
 */
public record LabeledPrediction(Prediction prediction, LabelSet labels, Set<Emotion> predicted) {
  public LabeledPrediction {
    predicted = Set.copyOf(predicted);
    if (prediction.segment().scores().isLabeled()) {
      labels.requireLabels(prediction.segment().scores().labels());
    }
    List<Double> probabilities = prediction.probabilities();
    if (probabilities.size() < labels.labels().size()
        || probabilities.stream().anyMatch(p -> !(p >= 0 && p <= 1))) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "%s: expected %d probabilities in [0, 1], found %s; NaN indicates that the model"
                  + " diverged",
              prediction.segment().id(),
              labels.labels().size(),
              probabilities));
    }
  }

  /**
   * Applies the predictions' own scheme and thresholds to every row that has labels.
   *
   * @throws MerException if the number of a row's probabilities differs from the scheme's classes
   */
  public static List<LabeledPrediction> of(Predictions predictions) {
    int classes = predictions.scheme().classCount();
    for (Prediction row : predictions.rows()) {
      if (row.probabilities().size() != classes) {
        throw new MerException(
            String.format(
                Locale.ROOT,
                "%s: expected %d probabilities, found %d",
                row.segment().id(),
                classes,
                row.probabilities().size()));
      }
    }
    return IntStream.range(0, predictions.size())
        .filter(row -> predictions.rows().get(row).segment().scores().isLabeled())
        .mapToObj(
            row ->
                new LabeledPrediction(
                    predictions.rows().get(row), predictions.scheme(), predictions.predicted(row)))
        .toList();
  }

  /** Returns whether the segment is labeled with the emotion. */
  public boolean present(Emotion emotion) {
    return present(labels.indexOf(emotion));
  }

  /** Returns whether the segment is labeled with a class: an emotion, or "none". */
  public boolean present(int label) {
    EmotionScores scores = prediction.segment().scores();
    return label == labels.labels().size()
        ? labels.none(scores)
        : scores.isLabeled() && labels.isPresent(scores.of(label));
  }

  /** Returns whether a class is predicted: an emotion, or "none". */
  public boolean predicted(int label) {
    return label == labels.labels().size()
        ? predicted.isEmpty()
        : predicted.contains(labels.labels().get(label));
  }

  /**
   * Returns the index of the class that counts as predicted in the single-label task: that of a
   * single-label model, or the most probable one of a multi-label model.
   */
  public int predictedClass() {
    if (labels.task() == Task.MULTI_LABEL) {
      return prediction.mostProbableClass();
    }
    return predicted.isEmpty()
        ? labels.labels().size()
        : labels.indexOf(predicted.iterator().next());
  }

  /** Returns whether the emotion is predicted. */
  public boolean predicted(Emotion emotion) {
    return predicted.contains(emotion);
  }
}
