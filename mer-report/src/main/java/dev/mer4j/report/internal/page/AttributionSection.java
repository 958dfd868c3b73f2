package dev.mer4j.report.internal.page;

import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.report.internal.table.Decimal;
import dev.mer4j.report.internal.table.StudyTables;
import dev.mer4j.report.internal.table.TextTable;
import java.util.Locale;

/** What each modality adds to the answers, and whether that can be believed. */
final class AttributionSection {
  private AttributionSection() {}

  static Section of(Attributions attributions, Figures figures) {
    Html body = new Html();
    attributions.warnings().forEach(text -> body.warning(text + "."));
    body.beside(figures.of("attribution"), check(attributions))
        .title("Shapley values by emotion, and by whether the answer was right")
        .note("Mean sizes in logits; a negative value towards the truth misleads.")
        .table(StudyTables.shares(attributions));
    return new Section("attribution", "Which modality counts", body);
  }

  private static Html check(Attributions attributions) {
    Html check = new Html();
    TextTable deletion = StudyTables.deletion(attributions);
    if (deletion.rows().isEmpty()) {
      return check;
    }
    check
        .title("Check: each segment loses one modality")
        .note(
            "If a ranking tells the truth, losing its first changes the answers most and raises"
                + " the loss most.")
        .table(deletion);
    double agreement = attributions.agreement();
    if (!Double.isNaN(agreement)) {
      check.note(
          String.format(
              Locale.ROOT,
              "Attention names the modality with the largest Shapley values in %s %% of the segments.",
              Decimal.of(100 * agreement, 1)));
    }
    return check;
  }
}
