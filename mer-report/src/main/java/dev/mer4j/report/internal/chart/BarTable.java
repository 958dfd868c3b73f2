package dev.mer4j.report.internal.chart;

import java.util.List;

/** A table of horizontal bars from zero, to the right or the left, with their values above. */
public final class BarTable extends Chart {
  private static final double TOP = 44;
  private static final double ROW = 27;
  private static final double BAR = 8;

  /** Characters of a row's name. */
  private static final int LONGEST = 24;

  /** Below this width a cell has no text. */
  private static final double LEAST_ROOM = 24;

  private final List<String> columns;
  private final List<Row> rows;
  private final String positive;
  private final String negative;
  private final double largest;

  /**
   * Creates a chart.
   *
   * @param positive the meaning of bars to the right
   * @param negative the meaning of bars to the left
   */
  public BarTable(
      String title, String positive, String negative, List<String> columns, List<Row> rows) {
    super(title, (int) (TOP + names(columns, rows).height() + ROW * rows.size() + 4));
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
    this.positive = positive;
    this.negative = negative;
    largest =
        rows.stream().flatMap(row -> row.values().stream()).mapToDouble(Math::abs).max().orElse(0);
  }

  /**
   * One row.
   *
   * @param values one for each column
   */
  public record Row(String name, List<Double> values) {
    public Row {
      values = List.copyOf(values);
    }
  }

  private static double left(List<Row> rows) {
    int longest =
        rows.stream().mapToInt(row -> Names.shown(row.name(), LONGEST).length()).max().orElse(0);
    return Math.max(60, 6.4 * longest + 14);
  }

  private static double room(List<String> columns, List<Row> rows) {
    return (width() - left(rows)) / columns.size();
  }

  private static Names names(List<String> columns, List<Row> rows) {
    return Names.of(columns, room(columns, rows), SMALL);
  }

  @Override
  void draw(Canvas canvas) {
    Legend.draw(
        canvas,
        2,
        List.of(
            new Legend.Entry(positive, ChartColor.RAISES, false),
            new Legend.Entry(negative, ChartColor.LOWERS, false)));
    Names names = names(columns, rows);
    double left = left(rows);
    double room = room(columns, rows);
    double top = TOP + names.height();
    for (int c = 0; c < columns.size(); c++) {
      double middle = left + (c + 0.5) * room;
      if (names.vertical()) {
        canvas.vertical(names.names().get(c), middle + 4, top - 6, SMALL, Canvas.Anchor.START);
      } else {
        canvas.text(
            columns.get(c), middle, top - 8, SMALL, Canvas.Anchor.MIDDLE, ChartColor.INK, false);
      }
      canvas.line(middle, top, middle, top + ROW * rows.size(), ChartColor.LINE, 1, false);
    }
    for (int r = 0; r < rows.size(); r++) {
      double y = top + r * ROW;
      canvas.line(2, y, width() - 2, y, ChartColor.LINE, 1, false);
      canvas.text(
          Names.shown(rows.get(r).name(), LONGEST),
          left - 8,
          y + ROW / 2 + 4,
          SMALL,
          Canvas.Anchor.END,
          ChartColor.INK,
          false);
      for (int c = 0; c < columns.size(); c++) {
        bar(canvas, r, c, left + (c + 0.5) * room, y, room);
      }
    }
  }

  /** Returns a number with its sign, unless it is zero when rounded. */
  private static String signed(double value) {
    String number = number(Math.abs(value), 2);
    return number.equals("0.00") ? number : (value < 0 ? "-" : "+") + number;
  }

  private void bar(Canvas canvas, int row, int column, double middle, double y, double room) {
    double value = rows.get(row).values().get(column);
    double length = largest > 0 ? Math.abs(value) / largest * (room / 2 - 3) : 0;
    String number = signed(value);
    String tip = columns.get(column) + ", " + rows.get(row).name() + ": " + number;
    canvas.rect(
        value < 0 ? middle - length : middle,
        y + ROW - BAR - 4,
        Math.max(1, length),
        BAR,
        value < 0 ? ChartColor.LOWERS : ChartColor.RAISES,
        1,
        tip);
    if (room >= LEAST_ROOM) {
      double size = Names.fitting(number, room - 4, 10.5);
      canvas.rect(middle - size * 1.6, y + 2, size * 3.2, ROW - BAR - 7, ChartColor.CARD, 1);
      canvas.text(number, middle, y + 12, size, Canvas.Anchor.MIDDLE, ChartColor.INK, false);
    }
  }
}
