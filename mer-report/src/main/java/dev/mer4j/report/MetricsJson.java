package dev.mer4j.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.baseline.Baseline;
import dev.mer4j.eval.metric.Average;
import dev.mer4j.eval.metric.BinaryCounts;
import dev.mer4j.eval.metric.EmotionMetrics;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.List;
import java.util.Locale;

/**
 * Writes an evaluation as JSON. Keys have a fixed order, shares are in [0, 1], and undefined
 * numbers are null.
 */
public final class MetricsJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private MetricsJson() {}

  public static ObjectNode of(Evaluation evaluation) {
    ObjectNode json = JSON.objectNode();
    json.put("name", evaluation.name());
    json.put("segments", evaluation.segments());
    if (evaluation.unlabeled() > 0) {
      json.put("unlabeled", evaluation.unlabeled());
    }
    json.put("task", key(evaluation.scheme().task()));
    put(json, "macro_f1", evaluation.macroF1());
    ObjectNode available = json.putObject("segments_by_available");
    evaluation.available().forEach((set, segments) -> available.put(key(set), segments));
    ObjectNode thresholds = json.putObject("thresholds");
    List<String> classes = evaluation.scheme().classes();
    for (int c = 0; c < classes.size(); c++) {
      thresholds.put(classes.get(c), evaluation.usualThresholds().get(c));
    }
    json.set("multi_label", multiLabel(evaluation.multiLabel()));
    json.set("single_label", singleLabel(evaluation.singleLabel()));
    ObjectNode baselines = json.putObject("baselines");
    baselines.put("fitted_on", key(evaluation.baselines().fittedOn()));
    baselines.set("multi_label", multiLabelBaselines(evaluation.baselines().multiLabel()));
    baselines.set(
        "single_label",
        baselines(SingleLabelMetrics.METRICS, evaluation.baselines().singleLabel()));
    return json;
  }

  /** Returns the JSON of an evaluation with {@code missing_modalities} appended. */
  public static ObjectNode of(Evaluation evaluation, ModalityTable table) {
    ObjectNode json = of(evaluation);
    ObjectNode missing = json.putObject("missing_modalities");
    missing.put("protocol", table.protocol());
    missing.put("full", key(table.full()));
    ObjectNode rows = missing.putObject("available");
    for (ModalityTable.Row row : table.rows()) {
      ObjectNode each = rows.putObject(key(row.available()));
      put(each, "macro_f1", row.macroF1());
      put(each, "drop", row.drop());
      put(each, "constant_macro_f1", row.constant());
      put(each, "full_thresholds_macro_f1", row.fullThresholds());
      put(each, "balanced_accuracy", row.balancedAccuracy());
    }
    return json;
  }

  private static ObjectNode multiLabel(MultiLabelMetrics metrics) {
    ObjectNode json = metrics(MultiLabelMetrics.METRICS, metrics);
    put(json, "micro", metrics.micro());
    put(json, "macro", metrics.macro());
    put(json, "weighted", metrics.weighted());
    put(json, "samples", metrics.samples());
    ObjectNode emotions = json.putObject("emotions");
    for (EmotionMetrics each : metrics.emotions()) {
      ObjectNode emotion = emotions.putObject(each.emotion().key());
      put(emotion, each.counts());
      put(emotion, "weighted_f1", each.counts().weightedF1());
      put(emotion, "accuracy", each.counts().accuracy());
      put(emotion, "balanced_accuracy", each.counts().balancedAccuracy());
      put(emotion, "average_precision", each.averagePrecision());
      put(emotion, "roc_auc", each.rocAuc());
    }
    return json;
  }

  private static ObjectNode singleLabel(SingleLabelMetrics metrics) {
    ObjectNode json = JSON.objectNode();
    json.put("segments", metrics.segments());
    json.put("ties", key(metrics.ties()));
    json.put("left_out", metrics.excluded());
    json.setAll(metrics(SingleLabelMetrics.METRICS, metrics));
    put(json, "macro", metrics.macro());
    put(json, "weighted", metrics.weighted());
    ObjectNode emotions = json.putObject("emotions");
    ObjectNode confusion = json.putObject("confusion_by_truth");
    List<String> classes = metrics.classes();
    for (int truth = 0; truth < classes.size(); truth++) {
      put(emotions.putObject(classes.get(truth)), metrics.counts(truth));
      ObjectNode row = confusion.putObject(classes.get(truth));
      for (int predicted = 0; predicted < classes.size(); predicted++) {
        row.put(classes.get(predicted), metrics.confusion().count(truth, predicted));
      }
    }
    return json;
  }

  private static ObjectNode multiLabelBaselines(List<Baseline<MultiLabelMetrics>> baselines) {
    ObjectNode json = baselines(MultiLabelMetrics.METRICS, baselines);
    for (Baseline<MultiLabelMetrics> each : baselines) {
      ObjectNode emotions = json.withObjectProperty(each.name()).putObject("emotions");
      for (EmotionMetrics own : each.metrics().emotions()) {
        Emotion emotion = own.emotion();
        emotions.set(emotion.key(), metrics(MultiLabelMetrics.metricsOf(emotion), each.metrics()));
      }
    }
    return json;
  }

  private static <M> ObjectNode baselines(List<Metric<M>> metrics, List<Baseline<M>> baselines) {
    ObjectNode json = JSON.objectNode();
    baselines.forEach(each -> json.set(each.name(), metrics(metrics, each.metrics())));
    return json;
  }

  private static <M> ObjectNode metrics(List<Metric<M>> all, M metrics) {
    ObjectNode json = JSON.objectNode();
    all.forEach(metric -> put(json, metric.key(), metric.of(metrics)));
    return json;
  }

  private static void put(ObjectNode json, String key, Average average) {
    ObjectNode each = json.putObject(key);
    put(each, "precision", average.precision());
    put(each, "recall", average.recall());
    put(each, "f1", average.f1());
  }

  private static void put(ObjectNode json, BinaryCounts counts) {
    json.put("tp", counts.tp());
    json.put("fp", counts.fp());
    json.put("fn", counts.fn());
    json.put("tn", counts.tn());
    json.put("support", counts.support());
    put(json, "precision", counts.precision());
    put(json, "recall", counts.recall());
    put(json, "f1", counts.f1());
  }

  /** Puts a number, or null if it is undefined. */
  static void put(ObjectNode json, String key, double value) {
    if (Double.isNaN(value)) {
      json.putNull(key);
    } else {
      json.put(key, value);
    }
  }

  private static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static String key(ModalitySet set) {
    return set.isEmpty() ? "none" : set.toString();
  }
}
