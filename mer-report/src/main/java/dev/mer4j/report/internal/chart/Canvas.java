package dev.mer4j.report.internal.chart;

/** A drawing surface for charts; x runs right and y down, in pixels of a page. */
interface Canvas {
  /** The anchor of a text relative to its position. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * Fills a rectangle.
   *
   * @param opacity in [0, 1]
   * @param tip the tooltip on a page; may be empty
   */
  void rect(
      double x, double y, double width, double height, ChartColor tone, double opacity, String tip);

  /** Fills a rectangle without a tooltip. */
  default void rect(
      double x, double y, double width, double height, ChartColor tone, double opacity) {
    rect(x, y, width, height, tone, opacity, "");
  }

  void line(
      double x1, double y1, double x2, double y2, ChartColor tone, double width, boolean dashed);

  void dot(double x, double y, double radius, ChartColor tone);

  /** Writes on the base line {@code y}. */
  void text(
      String text, double x, double y, double size, Anchor anchor, ChartColor tone, boolean bold);

  /** Writes a name that reads upward. */
  void vertical(String text, double x, double y, double size, Anchor anchor);
}
