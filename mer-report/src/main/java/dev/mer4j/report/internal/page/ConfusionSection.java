package dev.mer4j.report.internal.page;

/** What is taken for what. */
final class ConfusionSection {
  private ConfusionSection() {}

  static Section of(Figures figures) {
    return new Section(
        "confusion",
        "What is taken for what",
        new Html()
            .note("Shares of the row, counts below them.")
            .beside(figures.of("confusion-matrix"), figures.of("co-occurrence")));
  }
}
