package dev.mer4j.report.internal.page;

import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.statistics.GroupCount;
import dev.mer4j.report.internal.table.StudyTables;

/** The section of calibration. */
final class CalibrationSection {
  private CalibrationSection() {}

  static Section of(Calibration calibration, GroupCount groups, Figures figures) {
    return new Section(
        "calibration",
        "Calibration",
        new Html()
            .note(StudyTables.calibrationNote(calibration, groups))
            .beside(
                figures.of("calibration"),
                new Html()
                    .title("Expected calibration error")
                    .table(StudyTables.calibration(calibration))
                    .table(StudyTables.calibrationBySet(calibration))));
  }
}
