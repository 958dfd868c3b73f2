package dev.mer4j.report.internal.page;

import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.statistics.GroupCount;
import dev.mer4j.report.internal.table.StudyTables;
import java.util.Locale;

/** The section of calibration. */
final class CalibrationSection {
  private CalibrationSection() {}

  static Section of(Calibration calibration, GroupCount groups, Figures figures) {
    return new Section(
        "calibration",
        "Calibration",
        new Html()
            .note(
                String.format(
                    Locale.ROOT,
                    "Temperatures were fitted on %d validation segments of other %s.",
                    calibration.fittedOn(),
                    groups.plural()))
            .beside(
                figures.of("calibration"),
                new Html()
                    .title("Expected calibration error")
                    .table(StudyTables.calibration(calibration))));
  }
}
