package dev.mer4j.report.internal.page;

import static dev.mer4j.report.internal.chart.Escaped.escape;

import dev.mer4j.eval.Evaluation;
import dev.mer4j.report.internal.table.ClassificationReport;
import dev.mer4j.report.internal.table.MetricTables;
import java.util.Locale;

/** The section of all metrics with those of constant predictors, the model's own task first. */
final class MetricsSection {
  private MetricsSection() {}

  static Section of(Evaluation evaluation) {
    Html body =
        new Html()
            .note(
                "Constant predictors ignore their input; the floor is the best of them. It"
                    + " excludes prior-random, which predicts each emotion at random with its"
                    + " frequency.");
    MetricTables.skipped(evaluation).ifPresent(body::note);
    if (evaluation.isSingleLabel()) {
      singleLabel(body, evaluation);
      multiLabel(body, evaluation);
    } else {
      multiLabel(body, evaluation);
      singleLabel(body, evaluation);
    }
    return new Section("metrics", "Metrics", body);
  }

  private static void multiLabel(Html body, Evaluation evaluation) {
    body.title("Multi-label: which emotions are present?")
        .table(MetricTables.multiLabel(evaluation));
    details(body, ClassificationReport.of(evaluation.multiLabel()));
  }

  private static void singleLabel(Html body, Evaluation evaluation) {
    body.title("Single label: which emotion is the strongest?")
        .note(MetricTables.takingPart(evaluation.singleLabel()))
        .table(MetricTables.singleLabel(evaluation));
    details(body, ClassificationReport.of(evaluation.singleLabel()));
  }

  private static void details(Html body, String report) {
    body.add(
        String.format(
            Locale.ROOT,
            "<details><summary>Classification report</summary><div"
                + " class=\"scroll\"><pre>%s</pre></div></details>",
            escape(report.stripTrailing())));
  }
}
