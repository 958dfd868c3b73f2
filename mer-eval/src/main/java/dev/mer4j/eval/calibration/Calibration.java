package dev.mer4j.eval.calibration;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.eval.threshold.ValidationPredictions;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The calibration of a model's probabilities, before and after scaling by temperatures that were
 * fitted on validation data.
 *
 * <p>A temperature preserves the order of probabilities, so F1 and ranking metrics do not change.
 *
 * @param fittedOn the number of validation segments that the temperatures were fitted on
 * @param before the reliability of all six emotions together
 * @param after the reliability of all six emotions together, calibrated
 * @param emotions [C], the reliability of each emotion
 */
public record Calibration(
    Temperatures temperatures,
    int fittedOn,
    Reliability before,
    Reliability after,
    List<EmotionReliability> emotions) {
  public Calibration {
    emotions = List.copyOf(emotions);
  }

  /** The reliability of one emotion's probabilities, before and after calibration. */
  public record EmotionReliability(Emotion emotion, Reliability before, Reliability after) {}

  /**
   * Fits temperatures on validation predictions and evaluates them on others.
   *
   * @param validation predictions for videos that are not evaluated
   * @throws MerException if there is no validation prediction, or both share a video
   */
  public static Calibration of(Predictions evaluated, ValidationPredictions validation) {
    return of(evaluated, validation.predictions());
  }

  static Calibration of(Predictions evaluated, Predictions validation) {
    if (validation.size() == 0) {
      throw new MerException("calibration requires validation segments, but there are none");
    }
    Set<String> shared = videos(validation);
    shared.retainAll(videos(evaluated));
    if (!shared.isEmpty()) {
      throw new MerException(
          String.format(
                  Locale.ROOT,
                  "calibration must not be fitted on evaluated videos or groups: both splits have"
                      + " segments of '%s'; use",
                  shared.iterator().next())
              + " the validation split");
    }
    Temperatures temperatures = Temperatures.fit(validation);
    Predictions calibrated = temperatures.applyTo(evaluated);
    return new Calibration(
        temperatures,
        validation.size(),
        Reliability.of(evaluated),
        Reliability.of(calibrated),
        evaluated.scheme().labels().stream()
            .map(
                emotion ->
                    new EmotionReliability(
                        emotion,
                        Reliability.of(evaluated, emotion),
                        Reliability.of(calibrated, emotion)))
            .toList());
  }

  private static Set<String> videos(Predictions predictions) {
    return predictions.rows().stream()
        .map(row -> row.segment().group())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
