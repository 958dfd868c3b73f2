package dev.mer4j.report.internal.chart;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** A line chart. */
public final class LineChart extends Chart {
  private static final double LEFT = 44;
  private static final double TOP = Legend.HEIGHT + 8;
  private static final double BOTTOM = 236;
  private static final int TICKS = 8;

  private final String xTitle;
  private final List<Series> series;
  private final boolean unitSquare;

  /**
   * Creates a chart.
   *
   * @param unitSquare whether both axes are from 0 to 1, instead of the range of the lines
   */
  public LineChart(String title, String xTitle, List<Series> series, boolean unitSquare) {
    super(title, 280);
    this.xTitle = xTitle;
    this.series = List.copyOf(series);
    this.unitSquare = unitSquare;
  }

  /**
   * One line.
   *
   * @param y the values; those that are not finite interrupt the line
   * @param dashed whether the line is a reference, not a measurement
   */
  public record Series(
      String name, ChartColor tone, List<Double> x, List<Double> y, boolean dashed) {
    public Series {
      x = List.copyOf(x);
      y = List.copyOf(y);
    }
  }

  @Override
  void draw(Canvas canvas) {
    Axis x = axis(series.stream().flatMap(s -> s.x().stream()), LEFT, width() - 12.0, 0);
    Axis y = axis(series.stream().flatMap(s -> s.y().stream()), BOTTOM, TOP, 0.08);
    values(canvas, y, LEFT);
    below(canvas, x, ticks(x), BOTTOM, xTitle);
    for (Series each : series) {
      draw(canvas, each, x, y);
    }
    Legend.draw(
        canvas,
        LEFT,
        series.stream().map(s -> new Legend.Entry(s.name(), s.tone(), s.dashed())).toList());
  }

  /** Returns ticks at whole numbers, such as epochs. */
  private int ticks(Axis x) {
    boolean whole = series.stream().flatMap(s -> s.x().stream()).allMatch(v -> v == Math.rint(v));
    return whole ? (int) Math.max(1, Math.min(TICKS, x.high() - x.low())) : TICKS;
  }

  private static void draw(Canvas canvas, Series line, Axis x, Axis y) {
    for (int p = 0; p < line.x().size(); p++) {
      double toX = x.at(line.x().get(p));
      double toY = y.at(line.y().get(p));
      if (!Double.isFinite(toY)) {
        continue;
      }
      if (p > 0 && Double.isFinite(line.y().get(p - 1))) {
        canvas.line(
            x.at(line.x().get(p - 1)),
            y.at(line.y().get(p - 1)),
            toX,
            toY,
            line.tone(),
            line.dashed() ? 1.4 : 2.2,
            line.dashed());
      }
      if (!line.dashed()) {
        canvas.dot(toX, toY, line.x().size() > 25 ? 1.6 : 3, line.tone());
      }
    }
  }

  private Axis axis(Stream<Double> all, double from, double to, double margin) {
    if (unitSquare) {
      return new Axis(0, 1, from, to);
    }
    DoubleStream values = all.mapToDouble(Double::doubleValue);
    var summary = values.filter(Double::isFinite).summaryStatistics();
    if (summary.getCount() == 0) {
      return new Axis(0, 1, from, to);
    }
    double range = summary.getMax() - summary.getMin();
    double room = range > 0 ? margin * range : Math.max(0.5, 1e-6 * Math.abs(summary.getMax()));
    return new Axis(summary.getMin() - room, summary.getMax() + room, from, to);
  }
}
