package dev.mer4j.report.internal.chart;

import java.util.List;

/** A legend in one row. */
final class Legend {
  /** The height of a legend. */
  static final double HEIGHT = 24;

  private Legend() {}

  /**
   * An entry of the legend.
   *
   * @param dashed whether the line is a reference, not a measurement
   */
  record Entry(String name, ChartColor tone, boolean dashed) {}

  static void draw(Canvas canvas, double left, List<Entry> entries) {
    double x = left;
    for (Entry entry : entries) {
      if (entry.dashed()) {
        canvas.line(x, 9, x + 20, 9, entry.tone(), 1.6, true);
        x += 10;
      } else {
        canvas.rect(x, 4, 10, 10, entry.tone(), 1);
      }
      canvas.text(
          entry.name(), x + 16, 13, Chart.SMALL, Canvas.Anchor.START, ChartColor.MUTED, false);
      x += 16 + 6.5 * entry.name().length() + 18;
    }
  }
}
