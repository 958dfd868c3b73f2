package dev.mer4j.report;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.Evaluation;
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
    study
        .seen()
        .flatMap(TrainingOverlap::warning)
        .ifPresent(warning -> report.blocks.add(new Paragraph(warning)));
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
    String fittedOn =
        evaluation.baselines().fittedOn() == FittedOn.TRAINING_LABELS
            ? "the training labels"
            : "the evaluated labels themselves, as no training labels were given";
    blocks.add(
        new Paragraph(
            String.format(
                Locale.ROOT,
                "%d segments; the model was trained to name %s. Segments by available modalities: %s."
                    + " A floor is the best that any of several constant predictors reaches;"
                    + " they know how frequent emotions are from %s.",
                evaluation.segments(),
                evaluation.isSingleLabel() ? "one emotion" : "any number of emotions",
                evaluation.availability(),
                fittedOn)));
  }

  private void multiLabel() {
    MultiLabelMetrics metrics = evaluation.multiLabel();
    blocks.add(new Heading(2, "Multi-label: which emotions are present (score above 0)?"));
    blocks.add(new Grid(MetricTables.multiLabel(evaluation)));
    blocks.add(new Grid(MetricTables.emotions(evaluation)));
    blocks.add(new Verbatim(ClassificationReport.of(metrics)));
  }

  private void singleLabel() {
    SingleLabelMetrics metrics = evaluation.singleLabel();
    blocks.add(new Heading(2, "Single label: which emotion is the strongest?"));
    blocks.add(new Paragraph(MetricTables.takingPart(metrics)));
    blocks.add(new Grid(MetricTables.singleLabel(evaluation)));
    blocks.add(new Verbatim(ClassificationReport.of(metrics)));
    blocks.add(new Paragraph("Confusion matrix: rows are the truth, columns what was predicted."));
    blocks.add(new Grid(MetricTables.confusion(metrics)));
  }

  private void modalities(ModalityTable table) {
    blocks.add(new Heading(2, "Missing modalities"));
    blocks.add(
        new Paragraph(
            String.format(
                Locale.ROOT,
                "Protocol \"%s\": every segment keeps only these modalities."
                    + " Macro-F1 is that of the %s task; the drop is against %s.",
                table.protocol(),
                evaluation.isSingleLabel() ? "single-label" : "multi-label",
                table.full())));
    String left =
        ModalitySet.nonEmpty().stream()
            .filter(set -> set.and(table.full()).equals(set))
            .filter(set -> !table.evaluations().containsKey(set))
            .map(ModalitySet::toString)
            .collect(Collectors.joining(", "));
    if (!left.isEmpty()) {
      blocks.add(new Paragraph("Left out, as no segment has anything of it: " + left + "."));
    }
    blocks.add(new Grid(StudyTables.available(table)));
  }
}
