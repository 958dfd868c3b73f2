package dev.mer4j.report.internal.page;

/** How training went. */
final class TrainingSection {
  private TrainingSection() {}

  static Section of(Figures figures) {
    return new Section(
        "training",
        "Training",
        new Html().beside(figures.of("training-loss"), figures.of("validation-macro-f1")));
  }
}
