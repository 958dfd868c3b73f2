package dev.mer4j.eval.benchmark;

import dev.mer4j.MerException;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.eval.baseline.Baselines;
import dev.mer4j.eval.metric.LabeledPrediction;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.statistics.Uncertainty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores one system, condition by condition. Decisions are evaluated per emotion, as in the
 * multi-label task; a system of the single-label task decides on one emotion per segment.
 */
public final class BenchmarkScorer {
  private final BenchmarkMasks masks;
  private final List<EmotionScores> training;
  private final Map<Condition, BenchmarkResult.Row> rows = new LinkedHashMap<>();
  private double constant = Double.NaN;
  private int segments;

  /**
   * Creates a scorer without predictions.
   *
   * @param training the training labels, which give the class frequencies of the constant
   *     predictors; if empty, the evaluated labels are used
   */
  public BenchmarkScorer(BenchmarkMasks masks, List<EmotionScores> training) {
    this.masks = masks;
    this.training = List.copyOf(training);
  }

  /** Adds predictions for a condition, which decide by their thresholds. */
  public void add(Condition condition, Predictions predictions) {
    add(condition, LabeledPrediction.of(predictions), true, predictions);
  }

  /**
   * Adds decisions for a condition.
   *
   * @param decisions of the labeled segments
   * @param hasProbabilities whether their probabilities are those of the system
   */
  public void add(
      Condition condition, List<LabeledPrediction> decisions, boolean hasProbabilities) {
    requireLabels(decisions);
    Predictions predictions =
        new Predictions(
            decisions.get(0).labels().asMultiLabel(),
            Thresholds.half(decisions.get(0).labels().labels().size()),
            decisions.stream().map(LabeledPrediction::prediction).toList());
    add(condition, decisions, hasProbabilities, predictions);
  }

  private void add(
      Condition condition,
      List<LabeledPrediction> decisions,
      boolean hasProbabilities,
      Predictions predictions) {
    requireLabels(decisions);
    List<Emotion> labels = predictions.scheme().labels();
    if (Double.isNaN(constant)) {
      segments = decisions.size();
      Baselines baselines = Baselines.of(training, predictions.labeled());
      constant = baselines.bestMultiLabel(MultiLabelMetrics.METRICS.get(0)).metrics().macroF1();
    }
    rows.put(
        condition,
        new BenchmarkResult.Row(
            condition,
            masks.missing(condition),
            masks.sha256().get(condition),
            MultiLabelMetrics.of(decisions),
            Uncertainty.of(decisions, labels),
            hasProbabilities));
  }

  private static void requireLabels(List<LabeledPrediction> decisions) {
    if (decisions.isEmpty()) {
      throw new MerException("none of the segments has labels to evaluate against");
    }
  }

  /**
   * Returns the scores of the added conditions.
   *
   * @throws MerException if the condition {@code full} was not added
   */
  public BenchmarkResult result() {
    if (!rows.containsKey(Condition.FULL)) {
      throw new MerException(
          "there are no predictions for the condition 'full', to which drops are relative");
    }
    List<BenchmarkResult.Row> scored = new ArrayList<>();
    List<String> omitted = new ArrayList<>();
    for (Condition condition : masks.conditions()) {
      BenchmarkResult.Row row = rows.get(condition);
      if (row == null) {
        omitted.add(condition.name());
      } else {
        scored.add(row);
      }
    }
    return new BenchmarkResult(masks.seed(), segments, constant, scored, omitted);
  }
}
