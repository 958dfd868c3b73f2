package dev.mer4j.report.internal.page;

/** The section of confusion matrices. */
final class ConfusionSection {
  private ConfusionSection() {}

  static Section of(Figures figures) {
    return new Section(
        "confusion",
        "Confusion",
        new Html()
            .note("Shares of each row, with counts below.")
            .beside(figures.of("confusion-matrix"), figures.of("co-occurrence")));
  }
}
