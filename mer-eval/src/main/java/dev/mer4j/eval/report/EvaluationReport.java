package dev.mer4j.eval.report;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.label.LabelScheme.TieRule;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.baseline.Baseline;
import dev.mer4j.eval.baseline.Baselines.FittedOn;
import dev.mer4j.eval.metric.EmotionMetrics;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.eval.report.Block.Grid;
import dev.mer4j.eval.report.Block.Heading;
import dev.mer4j.eval.report.Block.Paragraph;
import dev.mer4j.eval.report.Block.Verbatim;
import dev.mer4j.eval.study.Study;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells an evaluation: every metric beside what a predictor that ignores its input reaches. */
public final class EvaluationReport {
  private final Evaluation evaluation;
  private final List<Block> blocks = new ArrayList<>();

  private EvaluationReport(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  public static Document of(Evaluation evaluation) {
    return new EvaluationReport(evaluation).tell();
  }

  public static Document of(Evaluation evaluation, ModalityTable modalities) {
    EvaluationReport report = new EvaluationReport(evaluation);
    report.tell();
    report.modalities(modalities);
    return new Document(report.blocks);
  }

  /** The evaluation, and all else that a study found. */
  public static Document of(Study study) {
    EvaluationReport report = new EvaluationReport(study.evaluation());
    report.tell();
    study.missing().ifPresent(missing -> report.modalities(missing.fixed()));
    report.blocks.addAll(StudyBlocks.of(study));
    return new Document(report.blocks);
  }

  private Document tell() {
    summary();
    if (evaluation.isSingleLabel()) {
      singleLabel();
      multiLabel();
    } else {
      multiLabel();
      singleLabel();
    }
    return new Document(blocks);
  }

  private void summary() {
    blocks.add(new Heading(1, "Evaluation: " + evaluation.name()));
    String available =
        evaluation.available().entrySet().stream()
            .map(each -> name(each.getKey()) + " " + each.getValue())
            .collect(Collectors.joining(", "));
    String fittedOn =
        evaluation.baselines().fittedOn() == FittedOn.TRAINING_LABELS
            ? "the training labels"
            : "the evaluated labels themselves, as no training labels were given";
    blocks.add(
        new Paragraph(
            ("%d segments; the model was trained to name %s. Segments by available modalities: %s."
                    + " A floor is the best that any of several constant predictors reaches;"
                    + " they know how frequent emotions are from %s.")
                .formatted(
                    evaluation.segments(),
                    evaluation.isSingleLabel() ? "one emotion" : "any number of emotions",
                    available,
                    fittedOn)));
  }

  private void multiLabel() {
    MultiLabelMetrics metrics = evaluation.multiLabel();
    blocks.add(new Heading(2, "Multi-label: which emotions are present (score above 0)?"));
    metrics(metrics, MultiLabelMetrics.METRICS, evaluation.baselines()::bestMultiLabel);
    blocks.add(
        new Grid(
            new TextTable(
                List.of(
                    "emotion",
                    "threshold",
                    "F1",
                    "floor",
                    "balanced accuracy",
                    "weighted F1",
                    "AP",
                    "ROC-AUC",
                    "support"),
                metrics.emotions().stream().map(this::emotion).toList())));
    blocks.add(new Verbatim(ClassificationReport.of(metrics)));
  }

  private List<String> emotion(EmotionMetrics metrics) {
    Emotion emotion = metrics.emotion();
    Metric<MultiLabelMetrics> f1 = MultiLabelMetrics.f1Of(emotion);
    return List.of(
        emotion.key(),
        evaluation.isSingleLabel() ? "-" : Decimal.of(evaluation.thresholds().of(emotion)),
        Decimal.of(metrics.counts().f1()),
        Decimal.of(f1.of(evaluation.baselines().bestMultiLabel(f1).metrics())),
        Decimal.of(metrics.counts().balancedAccuracy()),
        Decimal.of(metrics.counts().weightedF1()),
        Decimal.of(metrics.averagePrecision()),
        Decimal.of(metrics.rocAuc()),
        Integer.toString(metrics.counts().support()));
  }

  private void singleLabel() {
    SingleLabelMetrics metrics = evaluation.singleLabel();
    blocks.add(new Heading(2, "Single label: which emotion is the strongest?"));
    blocks.add(
        new Paragraph(
            metrics.ties() == TieRule.LEAVE_OUT
                ? "%d segments; %d left out, whose highest score several emotions share."
                    .formatted(metrics.segments(), metrics.leftOut())
                : ("%d segments; where several emotions share the highest score, the first counts,"
                        + " which makes \"no emotion\" happy.")
                    .formatted(metrics.segments())));
    metrics(metrics, SingleLabelMetrics.METRICS, evaluation.baselines()::bestSingleLabel);
    blocks.add(new Verbatim(ClassificationReport.of(metrics)));
    blocks.add(new Paragraph("Confusion matrix: rows are the truth, columns what was predicted."));
    List<String> header = new ArrayList<>(List.of("truth"));
    List<List<String>> rows = new ArrayList<>();
    for (Emotion truth : Emotion.values()) {
      header.add(truth.key());
      List<String> row = new ArrayList<>(List.of(truth.key()));
      for (Emotion predicted : Emotion.values()) {
        row.add(Integer.toString(metrics.confusion().count(truth, predicted)));
      }
      rows.add(row);
    }
    blocks.add(new Grid(new TextTable(header, rows)));
  }

  private void modalities(ModalityTable table) {
    blocks.add(new Heading(2, "Missing modalities"));
    blocks.add(
        new Paragraph(
            ("Protocol \"%s\": every segment keeps only these modalities."
                    + " Macro-F1 is that of the %s task; the drop is against %s.")
                .formatted(
                    table.protocol(),
                    evaluation.isSingleLabel() ? "single-label" : "multi-label",
                    table.full())));
    blocks.add(
        new Grid(
            new TextTable(
                List.of("available", "macro-F1", "drop", "balanced accuracy"),
                table.rows().stream()
                    .map(
                        row ->
                            List.of(
                                name(row.available()),
                                Decimal.of(row.macroF1()),
                                Decimal.of(row.drop()),
                                Decimal.of(row.balancedAccuracy())))
                    .toList())));
  }

  private <M> void metrics(
      M metrics, List<Metric<M>> all, Function<Metric<M>, Baseline<M>> bestBy) {
    List<List<String>> rows = new ArrayList<>();
    for (Metric<M> metric : all) {
      Baseline<M> floor = bestBy.apply(metric);
      double value = metric.of(metrics);
      double least = metric.of(floor.metrics());
      rows.add(
          List.of(
              metric.title(),
              Decimal.of(value),
              Decimal.of(least),
              Decimal.signed(value - least),
              Double.isNaN(least) ? "-" : floor.name()));
    }
    blocks.add(
        new Grid(
            new TextTable(List.of("metric", "model", "floor", "above", "floor reached by"), rows)));
  }

  private static String name(ModalitySet set) {
    return set.isEmpty() ? "none" : set.toString();
  }
}
