package dev.mer4j.report.internal.page;

/** The section of learning curves. */
final class TrainingSection {
  private TrainingSection() {}

  static Section of(Figures figures) {
    return new Section(
        "training",
        "Training",
        new Html().beside(figures.of("training-loss"), figures.of("validation-macro-f1")));
  }
}
