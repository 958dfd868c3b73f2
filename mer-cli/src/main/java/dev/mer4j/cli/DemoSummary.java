package dev.mer4j.cli;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.ModalityTable;
import dev.mer4j.eval.baseline.Baseline;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports in sentences whether the demo's model meets its expectations. */
final class DemoSummary {
  private static final Metric<MultiLabelMetrics> MACRO_F1 = MultiLabelMetrics.METRICS.get(0);

  private DemoSummary() {}

  static List<String> of(Evaluation evaluation, ModalityTable table) {
    double reached = evaluation.macroF1();
    Baseline<MultiLabelMetrics> floor = evaluation.baselines().bestMultiLabel(MACRO_F1);
    List<String> lines = new ArrayList<>();
    lines.add(
        compare(
            "all modalities beat every constant predictor",
            reached,
            "the best, " + floor.name() + ",",
            MACRO_F1.of(floor.metrics())));
    for (ModalityTable.Row row : table.rows()) {
      ModalitySet set = row.available();
      if (set.size() == 1 && !set.equals(table.full())) {
        lines.add(
            compare(
                String.format(Locale.ROOT, "all modalities beat %s alone", set),
                reached,
                "it",
                row.macroF1()));
      }
    }
    return lines;
  }

  private static String compare(String claim, double reached, String other, double otherReached) {
    return String.format(
        Locale.ROOT,
        "%s: %s (macro-F1 %.3f, %s reaches %.3f)",
        claim,
        reached > otherReached ? "yes" : "no",
        reached,
        other,
        otherReached);
  }
}
