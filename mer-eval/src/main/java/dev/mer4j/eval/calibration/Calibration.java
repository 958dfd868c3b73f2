package dev.mer4j.eval.calibration;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.Emotion;
import dev.mer4j.eval.threshold.ValidationPredictions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a model's probabilities mean what they say, as they are and after temperatures that were
 * fitted on validation data.
 *
 * <p>A temperature moves no segment past another: thresholds, F1 and rankings stay as they are.
 *
 * @param fittedOn how many validation segments the temperatures were fitted on
 * @param before all six emotions together
 * @param after all six emotions together, calibrated
 * @param emotions [C]
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

  /** One emotion's probabilities, as they are and calibrated. */
  public record EmotionReliability(Emotion emotion, Reliability before, Reliability after) {}

  /**
   * Fits temperatures on validation predictions and judges them on others.
   *
   * @param validation never of a video that is judged
   * @throws MerException if there is no validation prediction, or the two share a video
   */
  public static Calibration of(Predictions judged, ValidationPredictions validation) {
    return of(judged, validation.predictions());
  }

  static Calibration of(Predictions judged, Predictions validation) {
    if (validation.size() == 0) {
      throw new MerException("calibration needs validation segments: there is none");
    }
    Set<String> shared = videos(validation);
    shared.retainAll(videos(judged));
    if (!shared.isEmpty()) {
      throw new MerException(
          String.format(
                  Locale.ROOT,
                  "calibration must not be fitted on what it is judged on: both have the video '%s'; give",
                  shared.iterator().next())
              + " the validation split");
    }
    Temperatures temperatures = Temperatures.fit(validation);
    Predictions calibrated = temperatures.applyTo(judged);
    return new Calibration(
        temperatures,
        validation.size(),
        Reliability.of(judged),
        Reliability.of(calibrated),
        Arrays.stream(Emotion.values())
            .map(
                emotion ->
                    new EmotionReliability(
                        emotion,
                        Reliability.of(judged, emotion),
                        Reliability.of(calibrated, emotion)))
            .toList());
  }

  private static Set<String> videos(Predictions predictions) {
    return predictions.rows().stream()
        .map(row -> row.segment().id().video())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
