package dev.mer4j.report.internal.table;

import dev.mer4j.data.Emotion;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.baseline.Baseline;
import dev.mer4j.eval.metric.EmotionMetrics;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Creates tables of an evaluation's metrics with those of constant predictors. */
public final class MetricTables {
  private MetricTables() {}

  /** Returns the multi-label metrics with those of constant predictors. */
  public static TextTable multiLabel(Evaluation evaluation) {
    return metrics(
        evaluation.multiLabel(),
        MultiLabelMetrics.METRICS,
        evaluation.baselines().multiLabel(),
        evaluation.baselines()::bestMultiLabel);
  }

  /** Returns the single-label metrics with those of constant predictors. */
  public static TextTable singleLabel(Evaluation evaluation) {
    return metrics(
        evaluation.singleLabel(),
        SingleLabelMetrics.METRICS,
        evaluation.baselines().singleLabel(),
        evaluation.baselines()::bestSingleLabel);
  }

  /** Returns the best constant predictor, and those without a choice of emotions. */
  private static <M> TextTable metrics(
      M metrics,
      List<Metric<M>> all,
      List<Baseline<M>> baselines,
      Function<Metric<M>, Baseline<M>> bestBy) {
    List<Baseline<M>> named =
        baselines.stream().filter(each -> !each.name().startsWith("always ")).toList();
    List<String> header = new ArrayList<>(List.of("metric", "model", "floor", "above"));
    named.forEach(each -> header.add(each.name()));
    header.add("best constant predictor");
    List<List<String>> rows = new ArrayList<>();
    for (Metric<M> metric : all) {
      Baseline<M> floor = bestBy.apply(metric);
      double value = metric.of(metrics);
      double least = metric.of(floor.metrics());
      List<String> row = new ArrayList<>();
      row.add(metric.title());
      row.add(Decimal.of(value));
      row.add(Decimal.of(least));
      row.add(Decimal.signed(value - least));
      named.forEach(each -> row.add(Decimal.of(metric.of(each.metrics()))));
      row.add(Double.isNaN(least) ? "-" : floor.name());
      rows.add(row);
    }
    return new TextTable(header, rows);
  }

  /** Returns each emotion's metrics in the multi-label task with their floors. */
  public static TextTable emotions(Evaluation evaluation) {
    List<String> header = new ArrayList<>(List.of("emotion", "support", "threshold"));
    for (Metric<MultiLabelMetrics> metric : MultiLabelMetrics.metricsOf(Emotion.HAPPY)) {
      header.add(metric.title());
      header.add("floor");
    }
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < evaluation.multiLabel().emotions().size(); c++) {
      rows.add(row(evaluation, c));
    }
    return new TextTable(header, rows);
  }

  private static List<String> row(Evaluation evaluation, int label) {
    EmotionMetrics own = evaluation.multiLabel().emotions().get(label);
    Emotion emotion = own.emotion();
    List<String> row = new ArrayList<>();
    row.add(emotion.key());
    row.add(Integer.toString(own.counts().support()));
    row.add(Decimal.of(evaluation.usualThresholds().get(label)));
    for (Metric<MultiLabelMetrics> metric : MultiLabelMetrics.metricsOf(emotion)) {
      row.add(Decimal.of(metric.of(evaluation.multiLabel())));
      row.add(Decimal.of(metric.of(evaluation.baselines().bestMultiLabel(metric).metrics())));
    }
    return row;
  }

  /** Describes the segments of the single-label task and the excluded ones. */
  public static String takingPart(SingleLabelMetrics metrics) {
    return switch (metrics.ties()) {
      case LEAVE_OUT ->
          String.format(
              Locale.ROOT,
              "%d segments; %d excluded, because several emotions share their highest score.",
              metrics.segments(),
              metrics.excluded());
      case FIRST_COLUMN ->
          String.format(
              Locale.ROOT,
              "%d segments; if several emotions share the highest score, the first column is the"
                  + " label, so segments without any emotion are %s.",
              metrics.segments(),
              metrics.classes().get(0));
      case NONE_CLASS ->
          String.format(
              Locale.ROOT,
              "%d segments, including those without any emotion as class none; %d excluded,"
                  + " because several emotions share their highest score.",
              metrics.segments(),
              metrics.excluded());
    };
  }

  /** Returns how many segments are skipped because they have no labels; empty if none is. */
  public static Optional<String> skipped(Evaluation evaluation) {
    return evaluation.unlabeled() == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d more segments have no labels and are not evaluated.",
                evaluation.unlabeled()));
  }

  /** Returns the confusion matrix. */
  public static TextTable confusion(SingleLabelMetrics metrics) {
    List<String> header = new ArrayList<>(List.of("truth"));
    List<List<String>> rows = new ArrayList<>();
    List<String> classes = metrics.classes();
    header.addAll(classes);
    for (int truth = 0; truth < classes.size(); truth++) {
      List<String> row = new ArrayList<>(List.of(classes.get(truth)));
      metrics.confusion().rows().get(truth).forEach(count -> row.add(Integer.toString(count)));
      rows.add(row);
    }
    return new TextTable(header, rows);
  }
}
