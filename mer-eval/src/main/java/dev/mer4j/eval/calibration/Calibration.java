package dev.mer4j.eval.calibration;

import dev.mer4j.MerException;
import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Temperatures;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.threshold.ValidationPredictions;
import dev.mer4j.eval.threshold.ValidationSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The calibration of a model's probabilities, before and after scaling by temperatures that were
 * fitted on validation data.
 *
 * <p>A temperature preserves the order of an emotion's probabilities, and thresholds apply to the
 * unscaled ones, so F1 and ranking metrics do not change.
 *
 * @param fittedOn the number of validation segments that the temperatures were fitted on, or empty
 *     if they are the model's own
 * @param before the reliability of all emotions together
 * @param after the reliability of all emotions together, calibrated
 * @param emotions [C], the reliability of each emotion
 * @param sets by available modalities
 */
public record Calibration(
    Temperatures temperatures,
    Optional<Integer> fittedOn,
    Reliability before,
    Reliability after,
    List<EmotionReliability> emotions,
    List<SetCalibration> sets) {
  public Calibration {
    emotions = List.copyOf(emotions);
    sets = List.copyOf(sets);
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
    requireOthers(evaluated, validation.rows().stream().map(Prediction::segment));
    return of(
        evaluated.withTemperatures(TemperatureFitter.fit(validation)),
        Optional.of(
            targets(evaluated.scheme(), validation.rows().stream().map(Prediction::segment))),
        List.of());
  }

  /**
   * Evaluates the model's temperatures, or fits them on a validation split if it has none, with the
   * segments' own modalities and with each set that {@link FixedSets} lists.
   *
   * @param encodings of the evaluated segments
   * @throws MerException if there is no validation segment, or both share a video
   */
  public static Calibration of(
      MultimodalModel model, Encodings encodings, ValidationSplit validation) {
    requireOthers(
        model.predict(encodings, encodings.presence()),
        IntStream.range(0, validation.size()).mapToObj(validation::info));
    Temperatures temperatures =
        model
            .temperatures()
            .orElseGet(() -> TemperatureFitter.fit(ValidationSets.of(model, validation)));
    List<SetCalibration> sets = new ArrayList<>();
    for (ModalitySet set : FixedSets.of(ModalitySet.of(model.config().inputs().modalities()))) {
      Predictions exact =
          model
              .predict(encodings, encodings.presence().and(set))
              .from(set)
              .labeled()
              .withTemperatures(temperatures);
      if (exact.size() > 0) {
        sets.add(SetCalibration.of(set, exact));
      }
    }
    return of(
        model.predict(encodings, encodings.presence()).withTemperatures(temperatures),
        model.temperatures().isPresent()
            ? Optional.empty()
            : Optional.of(
                targets(
                    model.config().labels(),
                    IntStream.range(0, validation.size()).mapToObj(validation::info))),
        sets);
  }

  private static Calibration of(
      Predictions evaluated, Optional<Integer> fittedOn, List<SetCalibration> sets) {
    Predictions calibrated = calibrated(evaluated);
    return new Calibration(
        evaluated.temperatures().orElseThrow(),
        fittedOn,
        Reliability.of(evaluated),
        Reliability.of(calibrated),
        evaluated.scheme().labels().stream()
            .map(
                emotion ->
                    new EmotionReliability(
                        emotion,
                        Reliability.of(evaluated, emotion),
                        Reliability.of(calibrated, emotion)))
            .toList(),
        sets);
  }

  /** Counts the segments of a task. */
  private static int targets(LabelSet task, Stream<SegmentInfo> segments) {
    return (int) segments.filter(each -> task.targets(each.scores()).isPresent()).count();
  }

  /** Returns predictions with calibrated probabilities, to which the thresholds do not apply. */
  static Predictions calibrated(Predictions predictions) {
    return predictions.withRows(
        IntStream.range(0, predictions.size())
            .mapToObj(
                row -> {
                  Prediction each = predictions.rows().get(row);
                  return new Prediction(
                      each.segment(),
                      each.available(),
                      each.labels(),
                      predictions.calibrated(row),
                      each.attention());
                })
            .toList());
  }

  private static void requireOthers(Predictions evaluated, Stream<SegmentInfo> validation) {
    Set<String> shared =
        validation.map(SegmentInfo::group).collect(Collectors.toCollection(TreeSet::new));
    if (shared.isEmpty()) {
      throw new MerException("calibration requires validation segments, but there are none");
    }
    shared.retainAll(
        evaluated.rows().stream().map(row -> row.segment().group()).collect(Collectors.toSet()));
    if (!shared.isEmpty()) {
      throw new MerException(
          String.format(
                  Locale.ROOT,
                  "calibration must not be fitted on evaluated videos or groups: both splits have"
                      + " segments of '%s'; use",
                  shared.iterator().next())
              + " the validation split");
    }
  }
}
