package dev.mer4j.report;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.FixedSets;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.baseline.Baselines.FittedOn;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.study.TrainingOverlap;
import dev.mer4j.report.Block.Grid;
import dev.mer4j.report.Block.Heading;
import dev.mer4j.report.Block.Paragraph;
import dev.mer4j.report.Block.Verbatim;
import dev.mer4j.report.internal.table.ClassificationReport;
import dev.mer4j.report.internal.table.MetricTables;
import dev.mer4j.report.internal.table.StudyTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reports an evaluation: every metric with that of the constant predictors. */
public final class EvaluationReport {
  private final Evaluation evaluation;
  private final List<Block> blocks = new ArrayList<>();

  private EvaluationReport(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  public static Document of(Evaluation evaluation) {
    return new EvaluationReport(evaluation).toDocument();
  }

  public static Document of(Evaluation evaluation, ModalityTable modalities) {
    EvaluationReport report = new EvaluationReport(evaluation);
    report.toDocument();
    report.modalities(modalities);
    return new Document(report.blocks);
  }

  /** Returns the report of a study: the evaluation and all other results. */
  public static Document of(Study study) {
    EvaluationReport report = new EvaluationReport(study.evaluation());
    study
        .seen()
        .flatMap(TrainingOverlap::warning)
        .ifPresent(warning -> report.blocks.add(new Paragraph(warning)));
    report.toDocument();
    study.missing().ifPresent(missing -> report.modalities(missing.fixed()));
    report.blocks.addAll(StudyBlocks.of(study));
    return new Document(report.blocks);
  }

  private Document toDocument() {
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
    String fittedOn =
        evaluation.baselines().fittedOn() == FittedOn.TRAINING_LABELS
            ? "the training labels"
            : "the evaluated labels, because no training labels were given";
    blocks.add(
        new Paragraph(
            String.format(
                Locale.ROOT,
                "%d segments; the model predicts %s. Segments by available modalities: %s. A"
                    + " floor is the best value of several constant predictors; their class"
                    + " frequencies are from %s.",
                evaluation.segments(),
                evaluation.isSingleLabel()
                    ? "one emotion per segment"
                    : "any number of emotions per segment",
                evaluation.availability(),
                fittedOn)));
    MetricTables.skipped(evaluation).ifPresent(text -> blocks.add(new Paragraph(text)));
  }

  private void multiLabel() {
    MultiLabelMetrics metrics = evaluation.multiLabel();
    blocks.add(new Heading(2, "Multi-label: emotions with a score above 0"));
    blocks.add(new Grid(MetricTables.multiLabel(evaluation)));
    blocks.add(new Grid(MetricTables.emotions(evaluation)));
    blocks.add(new Verbatim(ClassificationReport.of(metrics)));
  }

  private void singleLabel() {
    SingleLabelMetrics metrics = evaluation.singleLabel();
    blocks.add(new Heading(2, "Single label: emotion with the highest score"));
    blocks.add(new Paragraph(MetricTables.takingPart(metrics)));
    blocks.add(new Grid(MetricTables.singleLabel(evaluation)));
    blocks.add(new Verbatim(ClassificationReport.of(metrics)));
    blocks.add(new Paragraph("Confusion matrix: rows are labels, columns are predictions."));
    blocks.add(new Grid(MetricTables.confusion(metrics)));
  }

  private void modalities(ModalityTable table) {
    blocks.add(new Heading(2, "Missing modalities"));
    blocks.add(
        new Paragraph(
            String.format(
                Locale.ROOT,
                "Protocol \"%s\": every segment keeps only these modalities. Macro-F1 is that of"
                    + " the %s task; drops are relative to %s.",
                table.protocol(),
                evaluation.isSingleLabel() ? "single-label" : "multi-label",
                table.full())));
    StudyTables.listedSets(table).map(Paragraph::new).ifPresent(blocks::add);
    String left =
        FixedSets.of(table.full()).stream()
            .filter(set -> !table.evaluations().containsKey(set))
            .map(ModalitySet::toString)
            .collect(Collectors.joining(", "));
    if (!left.isEmpty()) {
      blocks.add(new Paragraph("Omitted, because no segment has these modalities: " + left + "."));
    }
    blocks.add(new Grid(StudyTables.available(table)));
  }
}
