package dev.mer4j.eval.chart;

import java.util.List;

/** Names of colours, side by side. */
final class Legend {
  /** How much room it takes. */
  static final double HEIGHT = 24;

  private Legend() {}

  record Entry(String name, Tone tone) {}

  static void draw(Canvas canvas, double left, List<Entry> entries) {
    double x = left;
    for (Entry entry : entries) {
      canvas.rect(x, 4, 10, 10, entry.tone(), 1);
      canvas.text(entry.name(), x + 15, 13, 11.5, Canvas.Anchor.START, Tone.MUTED, false);
      x += 15 + 6.3 * entry.name().length() + 16;
    }
  }
}
