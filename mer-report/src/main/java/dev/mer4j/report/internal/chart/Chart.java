package dev.mer4j.report.internal.chart;

import dev.mer4j.file.FileMark;
import java.util.List;
import java.util.Locale;

/** A chart that can be drawn as SVG or PNG. */
public abstract sealed class Chart
    permits BarChart, BarTable, HeatMap, HistogramChart, LineChart, TimelineChart {
  /** Identifies files of {@link #png} by the keyword Software after the header. */
  public static final FileMark PNG_MARK =
      FileMark.bytesAt(PngText.OFFSET, PngText.chunk("Software", "mer4j"));

  static final double SIZE = 13;
  static final double SMALL = 12;

  private static final int WIDTH = 480;
  private static final int TITLE = 36;
  private static final int MARGIN = 20;

  private final String title;
  private final int height;

  Chart(String title, int height) {
    this.title = title;
    this.height = height;
  }

  public String title() {
    return title;
  }

  /** Draws all but the title, from (0, 0) to ({@link #width()}, {@link #height()}). */
  abstract void draw(Canvas canvas);

  static int width() {
    return WIDTH;
  }

  int height() {
    return height;
  }

  /** Returns an {@code svg} element that fills its container, without the title. */
  public String svg() {
    SvgCanvas canvas = new SvgCanvas();
    draw(canvas);
    return String.format(
        Locale.ROOT,
        "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s</svg>",
        WIDTH,
        height,
        Escaped.escape(title),
        canvas.svg());
  }

  /** Returns a PNG image with the title, 1560 pixels wide. */
  public byte[] png() {
    return png(List.of(this));
  }

  /** Returns a PNG image of charts below each other, each with its title, 1560 pixels wide. */
  public static byte[] png(List<Chart> charts) {
    int height = charts.stream().mapToInt(chart -> MARGIN + TITLE + chart.height).sum();
    PngCanvas canvas = new PngCanvas(WIDTH + 2 * MARGIN, height + MARGIN);
    double top = MARGIN;
    for (Chart chart : charts) {
      canvas.text(chart.title, MARGIN, top + 14, 15, Canvas.Anchor.START, ChartColor.INK, true);
      chart.draw(new Shifted(canvas, top + TITLE));
      top += TITLE + chart.height + MARGIN;
    }
    return PngText.insert(canvas.png(), PngText.chunk("Software", "mer4j"));
  }

  /** Draws horizontal grid lines at round values, with labels on the left. */
  static void values(Canvas canvas, Axis y, double left) {
    for (double tick : y.ticks(5)) {
      canvas.line(left, y.at(tick), WIDTH - 4, y.at(tick), ChartColor.LINE, 1, false);
      canvas.text(
          number(tick, y.decimals(5)),
          left - 6,
          y.at(tick) + 4,
          SMALL,
          Canvas.Anchor.END,
          ChartColor.MUTED,
          false);
    }
  }

  /** Draws tick labels and a title below a horizontal axis. */
  static void below(Canvas canvas, Axis x, int ticks, double bottom, String name) {
    for (double tick : x.ticks(ticks)) {
      below(canvas, number(tick, x.decimals(ticks)), x.at(tick), bottom + 17);
    }
    below(canvas, name, (x.from() + WIDTH) / 2.0, bottom + 38);
  }

  private static void below(Canvas canvas, String text, double x, double y) {
    canvas.text(text, x, y, SMALL, Canvas.Anchor.MIDDLE, ChartColor.MUTED, false);
  }

  static String number(double value, int decimals) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Leaves room for a margin and for what is above. */
  private record Shifted(Canvas canvas, double top) implements Canvas {
    @Override
    public void rect(
        double x,
        double y,
        double width,
        double height,
        ChartColor tone,
        double opacity,
        String tip) {
      canvas.rect(x + MARGIN, y + top, width, height, tone, opacity, tip);
    }

    @Override
    public void line(
        double x1, double y1, double x2, double y2, ChartColor tone, double width, boolean dashed) {
      canvas.line(x1 + MARGIN, y1 + top, x2 + MARGIN, y2 + top, tone, width, dashed);
    }

    @Override
    public void dot(double x, double y, double radius, ChartColor tone) {
      canvas.dot(x + MARGIN, y + top, radius, tone);
    }

    @Override
    public void text(
        String text,
        double x,
        double y,
        double size,
        Anchor anchor,
        ChartColor tone,
        boolean bold) {
      canvas.text(text, x + MARGIN, y + top, size, anchor, tone, bold);
    }

    @Override
    public void vertical(String text, double x, double y, double size, Anchor anchor) {
      canvas.vertical(text, x + MARGIN, y + top, size, anchor);
    }
  }
}
