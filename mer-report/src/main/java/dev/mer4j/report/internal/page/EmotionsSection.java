package dev.mer4j.report.internal.page;

import dev.mer4j.eval.study.Study;
import dev.mer4j.report.internal.table.MetricTables;
import dev.mer4j.report.internal.table.StudyTables;

/** The section of metrics by emotion. */
final class EmotionsSection {
  private EmotionsSection() {}

  static Section of(Study study, Figures figures) {
    return new Section(
        "emotions",
        "Emotions",
        new Html()
            .beside(
                figures.of("f1-by-emotion"),
                new Html()
                    .title("95 % intervals")
                    .table(StudyTables.intervals(study.uncertainty())))
            .title("Binary metrics of each emotion, with the best constant predictor's")
            .table(MetricTables.emotions(study.evaluation())));
  }
}
