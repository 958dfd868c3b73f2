package dev.mer4j.eval.metric;

import dev.mer4j.MerException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.label.LabelScheme;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A segment's labels beside what was predicted for it. Every metric reads both from here, so the
 * two cannot be swapped.
 *
 * @param prediction the segment with its labels, and the probabilities [C], each in [0, 1]
 * @param predicted the emotions that count as predicted
 */
public record LabeledPrediction(Prediction prediction, Set<Emotion> predicted) {
  public LabeledPrediction {
    predicted = Set.copyOf(predicted);
    List<Double> probabilities = prediction.probabilities();
    if (probabilities.size() < Emotion.COUNT
        || probabilities.stream().anyMatch(p -> !(p >= 0 && p <= 1))) {
      throw new MerException(
          String.format(
              Locale.ROOT,
              "%s: expected %d probabilities in [0, 1], found %s; NaN comes from a model that diverged",
              prediction.segment().id(),
              Emotion.COUNT,
              probabilities));
    }
  }

  /**
   * Reads every row with the predictions' own scheme and thresholds.
   *
   * @throws MerException if a row has another number of probabilities than the scheme has classes
   */
  public static List<LabeledPrediction> of(Predictions predictions) {
    int classes = predictions.scheme().classes().size();
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
        .mapToObj(
            row -> new LabeledPrediction(predictions.rows().get(row), predictions.predicted(row)))
        .toList();
  }

  /** Whether the annotators saw the emotion. */
  public boolean present(Emotion emotion) {
    return prediction.segment().scores().present(emotion);
  }

  /** Whether the annotators saw a class: an emotion, or none. */
  public boolean present(int label) {
    return LabelScheme.present(prediction.segment().scores(), label);
  }

  /** Whether a class counts as predicted: an emotion, or none. */
  public boolean predicted(int label) {
    return label == Emotion.COUNT
        ? predicted.isEmpty()
        : predicted.contains(Emotion.values()[label]);
  }

  /** Whether the emotion counts as predicted. */
  public boolean predicted(Emotion emotion) {
    return predicted.contains(emotion);
  }
}
