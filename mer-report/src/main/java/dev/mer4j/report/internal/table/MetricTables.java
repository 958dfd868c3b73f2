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
import java.util.function.Function;

/** An evaluation's metrics, each beside what predictors that ignore their input reach. */
public final class MetricTables {
  private MetricTables() {}

  /** The multi-label metrics beside every kind of constant. */
  public static TextTable multiLabel(Evaluation evaluation) {
    return metrics(
        evaluation.multiLabel(),
        MultiLabelMetrics.METRICS,
        evaluation.baselines().multiLabel(),
        evaluation.baselines()::bestMultiLabel);
  }

  /** The single-label metrics beside every kind of constant. */
  public static TextTable singleLabel(Evaluation evaluation) {
    return metrics(
        evaluation.singleLabel(),
        SingleLabelMetrics.METRICS,
        evaluation.baselines().singleLabel(),
        evaluation.baselines()::bestSingleLabel);
  }

  /** The best constant of all, and those that do not depend on a choice of emotions. */
  private static <M> TextTable metrics(
      M metrics,
      List<Metric<M>> all,
      List<Baseline<M>> baselines,
      Function<Metric<M>, Baseline<M>> bestBy) {
    List<Baseline<M>> named =
        baselines.stream().filter(each -> !each.name().startsWith("always ")).toList();
    List<String> header = new ArrayList<>(List.of("metric", "model", "floor", "above"));
    named.forEach(each -> header.add(each.name()));
    header.add("floor reached by");
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

  /** Each emotion's metrics in the multi-label task, each beside its floor. */
  public static TextTable emotions(Evaluation evaluation) {
    List<String> header = new ArrayList<>(List.of("emotion", "support", "threshold"));
    for (Metric<MultiLabelMetrics> metric : MultiLabelMetrics.metricsOf(Emotion.HAPPY)) {
      header.add(metric.title());
      header.add("floor");
    }
    return new TextTable(
        header,
        evaluation.multiLabel().emotions().stream().map(each -> row(evaluation, each)).toList());
  }

  private static List<String> row(Evaluation evaluation, EmotionMetrics own) {
    Emotion emotion = own.emotion();
    List<String> row = new ArrayList<>();
    row.add(emotion.key());
    row.add(Integer.toString(own.counts().support()));
    row.add(evaluation.isSingleLabel() ? "-" : Decimal.of(evaluation.thresholds().of(emotion)));
    for (Metric<MultiLabelMetrics> metric : MultiLabelMetrics.metricsOf(emotion)) {
      row.add(Decimal.of(metric.of(evaluation.multiLabel())));
      row.add(Decimal.of(metric.of(evaluation.baselines().bestMultiLabel(metric).metrics())));
    }
    return row;
  }

  /** How many segments the single-label task has, and why not all. */
  public static String takingPart(SingleLabelMetrics metrics) {
    return switch (metrics.ties()) {
      case LEAVE_OUT ->
          String.format(
              Locale.ROOT,
              "%d segments; %d left out, whose highest score several emotions share.",
              metrics.segments(),
              metrics.excluded());
      case FIRST_COLUMN ->
          String.format(
              Locale.ROOT,
              "%d segments; where several emotions share the highest score, the first counts,"
                  + " which makes \"no emotion\" happy.",
              metrics.segments());
      case NONE_CLASS ->
          String.format(
              Locale.ROOT,
              "%d segments, those without any emotion in the class none; %d left out, whose highest"
                  + " score several emotions share.",
              metrics.segments(),
              metrics.excluded());
    };
  }

  /** How often each class, where it was the truth, was taken for which. */
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
