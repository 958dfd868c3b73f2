package dev.mer4j.report.internal.page;

import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.report.internal.table.Decimal;
import dev.mer4j.report.internal.table.StudyTables;
import java.util.Locale;

/** The section of missing modalities and steps. */
final class MissingSection {
  private MissingSection() {}

  static Section of(MissingResult missing, Figures figures) {
    return new Section(
        "missing",
        "Missing modalities",
        listed(missing)
            .note(
                String.format(
                    Locale.ROOT,
                    "Masks depend only on seed %d and each segment's id, so they are the same"
                        + " for every model.",
                    missing.seed()))
            .beside(
                figures.of("missing-fixed"),
                new Html()
                    .title("Protocol fixed: drop relative to full input")
                    .table(StudyTables.available(missing.fixed())))
            .beside(
                curve(missing.modalities(), figures.of("missing-modalities")),
                curve(missing.steps(), figures.of("missing-steps"))));
  }

  private static Html listed(MissingResult missing) {
    return StudyTables.listedSets(missing.fixed()).map(new Html()::note).orElseGet(Html::new);
  }

  private static Html curve(RateCurve curve, Html figure) {
    return figure
        .note(
            String.format(
                Locale.ROOT,
                "Protocol %s. Area under the curve, divided by its width: %s.",
                curve.protocol(),
                Decimal.of(curve.area())))
        .table(StudyTables.rates(curve));
  }
}
