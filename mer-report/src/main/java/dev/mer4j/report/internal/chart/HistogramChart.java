package dev.mer4j.report.internal.chart;

import java.util.List;

/** A histogram with marks at given values. */
public final class HistogramChart extends Chart {
  private static final double LEFT = 44;
  private static final double TOP = Legend.HEIGHT + 8;
  private static final double BOTTOM = 236;
  private static final int TICKS = 8;

  private final String xTitle;
  private final double from;
  private final double binWidth;
  private final List<Bar> bars;
  private final List<Mark> marks;

  /**
   * Creates a chart.
   *
   * @param xTitle the title of the horizontal axis
   * @param from the lower end of the first bin
   * @param binWidth the width of every bin, positive
   * @param bars the bars from left to right, at least one
   * @param marks vertical lines; those beyond the bars are not drawn
   */
  public HistogramChart(
      String title, String xTitle, double from, double binWidth, List<Bar> bars, List<Mark> marks) {
    super(title, 280);
    this.xTitle = xTitle;
    this.from = from;
    this.binWidth = binWidth;
    this.bars = List.copyOf(bars);
    this.marks = List.copyOf(marks);
  }

  /**
   * One bar.
   *
   * @param tip the tooltip
   */
  public record Bar(double height, String tip) {}

  /**
   * A vertical line.
   *
   * @param at its value
   * @param name its label
   */
  public record Mark(double at, String name) {}

  @Override
  void draw(Canvas canvas) {
    double highest = bars.stream().mapToDouble(Bar::height).max().orElse(0);
    Axis y = new Axis(0, highest > 0 ? 1.04 * highest : 1, BOTTOM, TOP);
    Axis x = new Axis(from, from + binWidth * bars.size(), LEFT, width() - 12.0);
    values(canvas, y, LEFT);
    double room = (width() - 12.0 - LEFT) / bars.size();
    for (int b = 0; b < bars.size(); b++) {
      Bar bar = bars.get(b);
      double top = y.at(bar.height());
      canvas.rect(
          LEFT + (b + 0.08) * room,
          top,
          0.84 * room,
          BOTTOM - top,
          ChartColor.ACCENT,
          1,
          bar.tip());
    }
    below(canvas, x, TICKS, BOTTOM, xTitle);
    marks.stream().filter(mark -> mark.at() <= x.high()).forEach(mark -> draw(canvas, mark, x));
  }

  private static void draw(Canvas canvas, Mark mark, Axis x) {
    double at = x.at(mark.at());
    boolean right = at < width() / 2.0;
    canvas.line(at, 4, at, BOTTOM, ChartColor.INK, 1.4, true);
    canvas.text(
        mark.name(),
        right ? at + 6 : at - 6,
        13,
        SMALL,
        right ? Canvas.Anchor.START : Canvas.Anchor.END,
        ChartColor.MUTED,
        false);
  }
}
