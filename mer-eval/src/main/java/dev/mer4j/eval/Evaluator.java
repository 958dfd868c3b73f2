package dev.mer4j.eval;

import dev.mer4j.MerException;
import dev.mer4j.core.Encodings;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.baseline.Baselines;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Evaluates predictions and compares them with constant predictors.
 *
 * @param training the training labels, which give the class frequencies of the constant predictors;
 *     if empty, the evaluated labels are used, and the result records it
 */
public record Evaluator(List<EmotionScores> training) {
  public Evaluator {
    training = List.copyOf(training);
  }

  /** Returns an evaluator whose constant predictors use the class frequencies of these segments. */
  public static Evaluator withPriorsFrom(SegmentSet training) {
    return new Evaluator(
        IntStream.range(0, training.size()).mapToObj(s -> training.info(s).scores()).toList());
  }

  /** Evaluates a model on segments with all of their modalities. */
  public Evaluation evaluate(String name, MultimodalModel model, SegmentSet segments) {
    model.config().labels().requireLabels(segments.labels());
    return evaluate(name, model.predict(segments));
  }

  /**
   * Evaluates predictions with their own thresholds and tie rule.
   *
   * @param name the name of the evaluated split, such as {@code test}
   * @throws MerException if there is no prediction, or a probability is not in [0, 1]
   */
  public Evaluation evaluate(String name, Predictions predictions) {
    requireLabels(name, predictions);
    return Evaluation.of(name, predictions, Baselines.of(training, predictions));
  }

  /**
   * Evaluates predictions, reusing constant predictors evaluated on the same segments.
   *
   * @throws MerException if there is no prediction, or a probability is not in [0, 1]
   */
  public Evaluation evaluate(String name, Predictions predictions, Baselines baselines) {
    return Evaluation.of(name, predictions, baselines);
  }

  /** Evaluates a model on segments with each set that {@link FixedSets} lists. */
  public ModalityTable compare(String name, MultimodalModel model, SegmentSet segments) {
    model.config().labels().requireLabels(segments.labels());
    return compare(name, model, model.encode(segments));
  }

  /**
   * Evaluates a model on encoded segments with each set that {@link FixedSets} lists. Only the
   * fusion head runs. Sets of which no segment has a modality are omitted.
   */
  public ModalityTable compare(String name, MultimodalModel model, Encodings encodings) {
    ModalitySet all = ModalitySet.of(model.config().inputs().modalities());
    ModalitySet found = ModalitySet.NONE;
    for (int s = 0; s < encodings.size(); s++) {
      for (Modality modality : encodings.presence().row(s).toList()) {
        found = found.with(modality);
      }
    }
    Map<ModalitySet, Predictions> byAvailable = new LinkedHashMap<>();
    for (ModalitySet available : FixedSets.of(all)) {
      if (!available.and(found).isEmpty() || found.isEmpty()) {
        byAvailable.put(available, model.predict(encodings, available));
      }
    }
    return compare(name, byAvailable);
  }

  /**
   * Evaluates predictions of one model for the same segments from different modalities.
   *
   * @param byAvailable predictions by the modalities available to the model; one set must contain
   *     all others
   * @throws MerException if there is no prediction, the predictions are not for the same segments,
   *     or no set contains all others
   */
  public ModalityTable compare(String name, Map<ModalitySet, Predictions> byAvailable) {
    long orders = byAvailable.values().stream().map(Evaluator::segments).distinct().count();
    if (orders != 1) {
      throw new MerException(
          name
              + ": sets of modalities can only be compared on the same segments in the same"
              + " order");
    }
    byAvailable.values().forEach(predictions -> requireLabels(name, predictions));
    // Constant predictors ignore their input, so they are the same for all sets.
    Baselines baselines = Baselines.of(training, byAvailable.values().iterator().next());
    ModalitySet full = Collections.max(byAvailable.keySet());
    Map<ModalitySet, Evaluation> evaluations = new LinkedHashMap<>();
    Map<ModalitySet, Double> fullThresholds = new LinkedHashMap<>();
    byAvailable.forEach(
        (available, predictions) -> {
          evaluations.put(
              available, Evaluation.of(name + ", " + available, predictions, baselines));
          fullThresholds.put(available, fullThresholdsMacroF1(predictions, full));
        });
    return new ModalityTable(ModalityTable.FIXED, evaluations, fullThresholds);
  }

  /**
   * Returns macro-F1 in the model's own task if all segments used the thresholds of the full input.
   */
  public static double fullThresholdsMacroF1(Predictions predictions, ModalitySet full) {
    Predictions same =
        predictions.withThresholds(new Thresholds(predictions.thresholds().of(full)));
    return predictions.scheme().task() == Task.SINGLE_LABEL
        ? SingleLabelMetrics.of(same).macro().f1()
        : MultiLabelMetrics.of(same).macroF1();
  }

  private static void requireLabels(String name, Predictions predictions) {
    if (predictions.size() > 0 && predictions.labeled().size() == 0) {
      throw new MerException(
          name
              + ": none of the "
              + predictions.size()
              + " segments has labels to evaluate against");
    }
  }

  private static List<SegmentId> segments(Predictions predictions) {
    return predictions.rows().stream().map(row -> row.segment().id()).toList();
  }
}
