package dev.mer4j.report.internal.chart;

import java.util.List;
import java.util.stream.DoubleStream;

/** A chart of grouped bars from zero, up or down, with optional whiskers and floors. */
public final class BarChart extends Chart {
  private static final double LEFT = 40;
  private static final double BOTTOM = 252;

  /** The length of the axis relative to the longest bar. */
  private static final double MARGIN = 1.08;

  /** Smaller numbers are not written above their bars. */
  private static final double LEAST_SIZE = 7;

  private final List<String> groups;
  private final List<Series> series;
  private final List<Double> floors;
  private final boolean share;

  /**
   * Creates a chart.
   *
   * @param groups names below the bars
   * @param series one bar in each group
   * @param floors one mark across each group, or an empty list
   * @param share whether values are in [0, 1] and the axis should show all of that
   */
  public BarChart(
      String title, List<String> groups, List<Series> series, List<Double> floors, boolean share) {
    super(title, (int) (280 + names(groups).height()));
    this.groups = List.copyOf(groups);
    this.series = List.copyOf(series);
    this.floors = List.copyOf(floors);
    this.share = share;
  }

  /**
   * Bars of one color.
   *
   * @param values the value of each group; NaN for no bar
   * @param low the lower ends of whiskers by group, or an empty list
   * @param high the upper ends of whiskers
   */
  public record Series(
      String name, ChartColor tone, List<Double> values, List<Double> low, List<Double> high) {
    public Series {
      values = List.copyOf(values);
      low = List.copyOf(low);
      high = List.copyOf(high);
    }
  }

  private static double room(List<String> groups) {
    return (width() - 4 - LEFT) / groups.size();
  }

  private static Names names(List<String> groups) {
    return Names.of(groups, room(groups), SIZE);
  }

  @Override
  void draw(Canvas canvas) {
    Names names = names(groups);
    double lowest = lowest();
    Axis y = new Axis(lowest, highest(lowest), BOTTOM, Legend.HEIGHT + 16);
    values(canvas, y, LEFT);
    if (lowest < 0) {
      canvas.line(LEFT, y.at(0), width() - 4, y.at(0), ChartColor.FLOOR, 1, false);
    }
    double room = room(groups);
    double bar = room * 0.72 / series.size();
    for (int g = 0; g < groups.size(); g++) {
      double left = LEFT + g * room + room * 0.14;
      for (int s = 0; s < series.size(); s++) {
        bar(canvas, series.get(s), g, left + s * bar, bar, y);
      }
      if (!floors.isEmpty() && !Double.isNaN(floors.get(g))) {
        double floor = y.at(floors.get(g));
        double over = Math.min(4, room * 0.1);
        canvas.line(
            left - over, floor, left + room * 0.72 + over, floor, ChartColor.INK, 1.6, true);
      }
      if (names.vertical()) {
        double x = LEFT + (g + 0.5) * room + 4;
        canvas.vertical(names.names().get(g), x, BOTTOM + 8, SMALL, Canvas.Anchor.END);
        continue;
      }
      canvas.text(
          groups.get(g),
          LEFT + (g + 0.5) * room,
          BOTTOM + 18,
          SIZE,
          Canvas.Anchor.MIDDLE,
          ChartColor.INK,
          false);
    }
    // A single series needs no legend.
    if (series.size() > 1 || !floors.isEmpty()) {
      Legend.draw(
          canvas,
          LEFT,
          series.stream().map(each -> new Legend.Entry(each.name(), each.tone(), false)).toList());
    }
    if (!floors.isEmpty()) {
      canvas.line(width() - 176, 9, width() - 158, 9, ChartColor.INK, 1.6, true);
      canvas.text(
          "best constant predictor",
          width() - 4,
          13,
          SMALL,
          Canvas.Anchor.END,
          ChartColor.MUTED,
          false);
    }
  }

  private void bar(Canvas canvas, Series of, int group, double x, double width, Axis y) {
    double value = of.values().get(group);
    if (Double.isNaN(value)) {
      return;
    }
    String tip = groups.get(group) + ", " + of.name() + ": " + number(value, decimals());
    double end = y.at(Math.max(value, 0));
    double height = y.at(Math.min(value, 0)) - end;
    canvas.rect(x + 1, end, Math.max(1, width - 2), height, of.tone(), 1, tip);
    double top = value;
    if (!of.low().isEmpty() && !Double.isNaN(of.low().get(group))) {
      double middle = x + width / 2;
      top = of.high().get(group);
      canvas.line(middle, y.at(of.low().get(group)), middle, y.at(top), ChartColor.INK, 1.4, false);
      for (double whisker : new double[] {of.low().get(group), top}) {
        double at = y.at(whisker);
        canvas.line(middle - 4, at, middle + 4, at, ChartColor.INK, 1.4, false);
      }
    }
    String text = number(value, decimals());
    double size = Names.fitting(text, width / 0.72 - 2, SMALL);
    if (series.size() == 1 && size > LEAST_SIZE) {
      canvas.text(
          text,
          x + width / 2,
          value < 0 ? y.at(value) + SMALL : clearOfFloor(group, y.at(top) - 5, y),
          size,
          Canvas.Anchor.MIDDLE,
          ChartColor.INK,
          false);
    }
  }

  /** Places a label above the floor's mark if they would overlap. */
  private double clearOfFloor(int group, double base, Axis y) {
    if (floors.isEmpty() || Double.isNaN(floors.get(group))) {
      return base;
    }
    double floor = y.at(floors.get(group));
    return floor > base - SMALL && floor < base + 3 ? floor - 5 : base;
  }

  /** Returns the number of decimals, 0 for counts. */
  private int decimals() {
    boolean counts =
        !share
            && series.stream()
                .flatMap(each -> each.values().stream())
                .allMatch(value -> value == Math.rint(value));
    return counts ? 0 : 2;
  }

  private double lowest() {
    double lowest = values().min().orElse(0);
    return lowest < 0 ? lowest * MARGIN : 0;
  }

  private double highest(double lowest) {
    if (share) {
      return 1;
    }
    double highest = values().max().orElse(0);
    return highest > 0 ? highest * MARGIN : lowest < 0 ? 0 : 1;
  }

  private DoubleStream values() {
    return series.stream()
        .flatMap(each -> each.values().stream())
        .filter(value -> !Double.isNaN(value))
        .mapToDouble(Double::doubleValue);
  }
}
