package dev.mer4j.eval;

import dev.mer4j.MerException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.eval.baseline.Baselines;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The metrics of a model's predictions, with those of constant predictors for comparison.
 *
 * @param name the name of the evaluated split, such as {@code test}
 * @param segments N
 * @param unlabeled how many more segments were skipped because they have no labels
 * @param scheme the task the model was trained for
 * @param available the number of segments by the set of modalities that they were predicted from
 * @param thresholds the thresholds of the decisions, by available modalities
 */
public record Evaluation(
    String name,
    int segments,
    int unlabeled,
    LabelSet scheme,
    Map<ModalitySet, Integer> available,
    Thresholds thresholds,
    MultiLabelMetrics multiLabel,
    SingleLabelMetrics singleLabel,
    Baselines baselines) {
  private static final Comparator<ModalitySet> FULLEST_FIRST =
      Comparator.comparing(ModalitySet::size).reversed().thenComparing(Comparator.naturalOrder());

  public Evaluation {
    Map<ModalitySet, Integer> sorted = new TreeMap<>(FULLEST_FIRST);
    sorted.putAll(available);
    available = Collections.unmodifiableMap(sorted);
  }

  /**
   * Evaluates predictions with their own thresholds and tie rule.
   *
   * @param baselines constant predictors, evaluated on the same segments
   * @throws MerException if there is no prediction, or a probability is not in [0, 1]
   */
  static Evaluation of(String name, Predictions all, Baselines baselines) {
    Predictions predictions = all.labeled();
    MultiLabelMetrics multiLabel = MultiLabelMetrics.of(predictions);
    Map<ModalitySet, Integer> available = new TreeMap<>(FULLEST_FIRST);
    for (Prediction row : predictions.rows()) {
      available.merge(row.available(), 1, Integer::sum);
    }
    return new Evaluation(
        name,
        predictions.size(),
        all.size() - predictions.size(),
        predictions.scheme(),
        available,
        predictions.thresholds(),
        multiLabel,
        SingleLabelMetrics.of(predictions),
        baselines);
  }

  /** Returns the thresholds [C] of the most frequent set of available modalities. */
  public List<Double> usualThresholds() {
    return available.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(usual -> thresholds.of(usual.getKey()))
        .orElse(thresholds.perEmotion());
  }

  /** Returns whether the model is a single-label model. */
  public boolean isSingleLabel() {
    return scheme.task() == Task.SINGLE_LABEL;
  }

  /** Returns the number of segments by their modalities, as text. */
  public String availability() {
    return available.entrySet().stream()
        .map(each -> (each.getKey().isEmpty() ? "none" : each.getKey()) + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Returns the headline metric: macro-F1 in the model's own task. */
  public double macroF1() {
    return isSingleLabel() ? singleLabel.macro().f1() : multiLabel.macroF1();
  }

  /** Returns the highest {@link #macroF1} of the constant predictors. */
  public double bestConstantMacroF1() {
    if (isSingleLabel()) {
      Metric<SingleLabelMetrics> macroF1 = SingleLabelMetrics.METRICS.get(0);
      return macroF1.of(baselines.bestSingleLabel(macroF1).metrics());
    }
    Metric<MultiLabelMetrics> macroF1 = MultiLabelMetrics.METRICS.get(0);
    return macroF1.of(baselines.bestMultiLabel(macroF1).metrics());
  }

  /** Returns the F1 of an emotion in the model's own task. */
  public double f1(Emotion emotion) {
    return f1(scheme.indexOf(emotion));
  }

  /**
   * Returns the F1 of a class in the model's own task.
   *
   * @param label the index of the class in the scheme
   */
  public double f1(int label) {
    return isSingleLabel()
        ? singleLabel.counts(label).f1()
        : multiLabel.emotions().get(label).counts().f1();
  }

  /** Returns the highest {@link #f1} of the constant predictors. */
  public double bestConstantF1(Emotion emotion) {
    return bestConstantF1(scheme.indexOf(emotion));
  }

  /** Returns the highest {@link #f1} of the constant predictors. */
  public double bestConstantF1(int label) {
    if (isSingleLabel()) {
      Metric<SingleLabelMetrics> f1 = SingleLabelMetrics.f1Of(scheme, label);
      return f1.of(baselines.bestSingleLabel(f1).metrics());
    }
    Metric<MultiLabelMetrics> f1 = MultiLabelMetrics.f1Of(scheme.labels().get(label));
    return f1.of(baselines.bestMultiLabel(f1).metrics());
  }
}
