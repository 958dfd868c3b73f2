package dev.mer4j.report.internal.page;

import static dev.mer4j.report.internal.chart.Escaped.escape;

import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.statistics.Interval;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.study.TrainingOverlap;
import dev.mer4j.report.internal.table.Decimal;
import dev.mer4j.report.internal.table.StudyTables;
import java.util.Locale;

/** The section of the headline results. */
final class ResultSection {
  private ResultSection() {}

  static Section of(Study study) {
    Evaluation evaluation = study.evaluation();
    Uncertainty uncertainty = study.uncertainty();
    Html body = new Html();
    study
        .seen()
        .flatMap(TrainingOverlap::warning)
        .ifPresent(
            warning -> body.add("<p role=\"alert\"><strong>" + escape(warning) + "</strong></p>"));
    body.add("<div class=\"tiles\">");
    body.add(
        tile(
            evaluation.isSingleLabel() ? "macro-F1 (one label)" : "macro-F1 of positives",
            uncertainty.macroF1(),
            evaluation.bestConstantMacroF1()));
    body.add(tile(evaluation, 1, uncertainty.balancedAccuracy()));
    body.add(tile(evaluation, 2, uncertainty.averagePrecision()));
    body.add(tile(evaluation, 3, uncertainty.rocAuc()));
    body.add("</div>").note(StudyTables.intervalsNote(uncertainty));
    return new Section("headline", "Result", body);
  }

  private static String tile(Evaluation evaluation, int metric, Interval interval) {
    Metric<MultiLabelMetrics> own = MultiLabelMetrics.METRICS.get(metric);
    return tile(
        own.title(), interval, own.of(evaluation.baselines().bestMultiLabel(own).metrics()));
  }

  private static String tile(String name, Interval interval, double floor) {
    return String.format(
        Locale.ROOT,
        """
    <div class="tile"><span>%s</span><b>%s</b><span>95 %%: %s to %s</span>\
    <span>best constant: %s</span></div>\
    """,
        escape(name),
        Decimal.of(interval.estimate()),
        Decimal.of(interval.low()),
        Decimal.of(interval.high()),
        Decimal.of(floor));
  }
}
