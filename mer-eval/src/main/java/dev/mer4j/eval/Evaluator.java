package dev.mer4j.eval;

import dev.mer4j.MerException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges predictions beside constant predictors.
 *
 * @param training the training labels, from which the constant predictors learn what is frequent;
 *     if empty, they are fitted on the evaluated labels, and the result says so
 */
public record Evaluator(List<EmotionScores> training) {
  public Evaluator {
    training = List.copyOf(training);
  }

  /**
   * Judges predictions with their own thresholds and tie rule.
   *
   * @param name what is evaluated, such as {@code test}
   * @throws MerException if there is no prediction, or a probability is not in [0, 1]
   */
  public Evaluation evaluate(String name, Predictions predictions) {
    return Evaluation.of(name, predictions, training);
  }

  /**
   * Judges what the same model predicts for the same segments from different modalities.
   *
   * @param byAvailable predictions by what the model was allowed to see; one set must hold all
   *     others
   * @throws MerException if the predictions are not for the same segments, or no set holds all
   *     others
   */
  public ModalityTable compare(String name, Map<ModalitySet, Predictions> byAvailable) {
    Map<ModalitySet, Evaluation> evaluations = new LinkedHashMap<>();
    Set<List<SegmentId>> segments = new HashSet<>();
    byAvailable.forEach(
        (available, predictions) -> {
          segments.add(
              predictions.rows().stream().map(Prediction::segment).map(s -> s.id()).toList());
          evaluations.put(available, evaluate(name + ", " + available, predictions));
        });
    if (segments.size() > 1) {
      throw new MerException(
          name + ": sets of modalities can only be compared on the same segments, in one order");
    }
    return new ModalityTable(ModalityTable.FIXED, evaluations);
  }
}
