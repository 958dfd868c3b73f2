package dev.mer4j.report.internal.page;

import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.report.internal.table.Decimal;
import dev.mer4j.report.internal.table.StudyTables;
import dev.mer4j.report.internal.table.TextTable;
import java.util.Locale;

/** The section of Shapley values and of their deletion check. */
final class AttributionSection {
  private AttributionSection() {}

  static Section of(Attributions attributions, Figures figures) {
    Html body = new Html();
    attributions.warnings().forEach(text -> body.warning(text + "."));
    body.beside(figures.of("attribution"), check(attributions))
        .title("Shapley values by emotion and by correctness of the prediction")
        .note(
            "Mean absolute values in logits; a modality with a negative value towards the"
                + " label misleads the model.")
        .table(StudyTables.shares(attributions));
    TextTable terms = StudyTables.terms(attributions);
    if (!terms.rows().isEmpty()) {
      body.title("Terms of additive fusion")
          .beside(figures.of("terms"), new Html().note(StudyTables.termsNote()))
          .table(terms);
    }
    return new Section("attribution", "Importance of modalities", body);
  }

  private static Html check(Attributions attributions) {
    Html check = new Html();
    TextTable deletion = StudyTables.deletion(attributions);
    if (deletion.rows().isEmpty()) {
      return check;
    }
    check
        .title("Deletion check: one modality of each segment is removed")
        .note(
            "For a faithful ranking, removing the first modality changes the predictions most"
                + " and raises the loss most.")
        .table(deletion);
    double agreement = attributions.agreement();
    if (!Double.isNaN(agreement)) {
      check.note(
          String.format(
              Locale.ROOT,
              "Attention ranks the modality with the largest Shapley values first in %s %% of"
                  + " the segments.",
              Decimal.of(100 * agreement, 1)));
    }
    return check;
  }
}
