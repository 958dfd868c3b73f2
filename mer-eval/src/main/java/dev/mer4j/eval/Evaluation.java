package dev.mer4j.eval;

import dev.mer4j.MerException;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.data.label.LabelScheme.Task;
import dev.mer4j.eval.baseline.Baselines;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How good a model's predictions for some segments are, beside what constant predictors reach.
 *
 * @param name what was evaluated, such as {@code test}
 * @param segments N
 * @param scheme the task the model was trained for
 * @param available how many segments were predicted from each set of modalities
 * @param thresholds where each emotion counted as predicted in the multi-label task
 */
public record Evaluation(
    String name,
    int segments,
    LabelScheme scheme,
    Map<ModalitySet, Integer> available,
    Thresholds thresholds,
    MultiLabelMetrics multiLabel,
    SingleLabelMetrics singleLabel,
    Baselines baselines) {
  private static final Comparator<ModalitySet> FULLEST_FIRST =
      Comparator.comparing(ModalitySet::size).reversed().thenComparing(ModalitySet::bits);

  public Evaluation {
    Map<ModalitySet, Integer> sorted = new TreeMap<>(FULLEST_FIRST);
    sorted.putAll(available);
    available = Collections.unmodifiableMap(sorted);
  }

  /**
   * Judges predictions with their own thresholds and tie rule.
   *
   * @param baselines judged on the same segments
   * @throws MerException if there is no prediction, or a probability is not in [0, 1]
   */
  static Evaluation of(String name, Predictions predictions, Baselines baselines) {
    MultiLabelMetrics multiLabel = MultiLabelMetrics.of(predictions);
    Map<ModalitySet, Integer> available = new TreeMap<>(FULLEST_FIRST);
    for (Prediction row : predictions.rows()) {
      available.merge(row.available(), 1, Integer::sum);
    }
    return new Evaluation(
        name,
        predictions.size(),
        predictions.scheme(),
        available,
        predictions.thresholds(),
        multiLabel,
        SingleLabelMetrics.of(predictions),
        baselines);
  }

  /** Whether the model was trained to name exactly one emotion. */
  public boolean isSingleLabel() {
    return scheme.task() == Task.SINGLE_LABEL;
  }

  /** How many segments have which modalities, in words. */
  public String availability() {
    return available.entrySet().stream()
        .map(each -> (each.getKey().isEmpty() ? "none" : each.getKey()) + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /** The headline: macro-F1 in the task that the model was trained for. */
  public double macroF1() {
    return isSingleLabel() ? singleLabel.macro().f1() : multiLabel.macroF1();
  }

  /** The best {@link #macroF1} that a constant predictor reaches. */
  public double bestConstantMacroF1() {
    if (isSingleLabel()) {
      Metric<SingleLabelMetrics> macroF1 = SingleLabelMetrics.METRICS.get(0);
      return macroF1.of(baselines.bestSingleLabel(macroF1).metrics());
    }
    Metric<MultiLabelMetrics> macroF1 = MultiLabelMetrics.METRICS.get(0);
    return macroF1.of(baselines.bestMultiLabel(macroF1).metrics());
  }

  /** F1 of one emotion in the task that the model was trained for. */
  public double f1(Emotion emotion) {
    return f1(emotion.ordinal());
  }

  /**
   * F1 of one class in the task that the model was trained for.
   *
   * @param label among the classes of the scheme
   */
  public double f1(int label) {
    return isSingleLabel()
        ? singleLabel.counts(label).f1()
        : multiLabel.emotions().get(label).counts().f1();
  }

  /** The best {@link #f1} that a constant predictor reaches. */
  public double bestConstantF1(Emotion emotion) {
    return bestConstantF1(emotion.ordinal());
  }

  /** The best {@link #f1} that a constant predictor reaches. */
  public double bestConstantF1(int label) {
    if (isSingleLabel()) {
      Metric<SingleLabelMetrics> f1 = SingleLabelMetrics.f1Of(label);
      return f1.of(baselines.bestSingleLabel(f1).metrics());
    }
    Metric<MultiLabelMetrics> f1 = MultiLabelMetrics.f1Of(Emotion.values()[label]);
    return f1.of(baselines.bestMultiLabel(f1).metrics());
  }
}
