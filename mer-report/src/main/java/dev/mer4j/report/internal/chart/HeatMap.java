package dev.mer4j.report.internal.chart;

import java.util.List;

/** A heat map. */
public final class HeatMap extends Chart {
  private static final double TOP = 40;
  private static final double CELL = 38;

  /** Characters of a row's name. */
  private static final int LONGEST = 24;

  /** Below this width a cell has no text. */
  private static final double LEAST_ROOM = 14;

  /** The share from which text is light. */
  private static final double TURN = 0.75;

  private final List<String> columns;
  private final List<Row> rows;
  private final String axes;

  /**
   * Creates a chart.
   *
   * @param axes the meaning of rows and columns
   */
  public HeatMap(String title, String axes, List<String> columns, List<Row> rows) {
    super(title, (int) (TOP + names(columns, rows).height() + CELL * rows.size() + 8));
    this.axes = axes;
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
  }

  /** One row of cells. */
  public record Row(String name, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * One cell.
   *
   * @param share the intensity, in [0, 1]
   * @param note smaller text below the text; may be empty
   */
  public record Cell(double share, String text, String note) {}

  private static double left(List<Row> rows) {
    int longest =
        rows.stream().mapToInt(row -> Names.shown(row.name(), LONGEST).length()).max().orElse(0);
    return Math.max(60, 6.4 * longest + 14);
  }

  private static Names names(List<String> columns, List<Row> rows) {
    double room = (width() - left(rows)) / columns.size();
    return Names.of(columns, room, columns.size() > 6 ? SMALL - 1 : SMALL);
  }

  @Override
  void draw(Canvas canvas) {
    double left = left(rows);
    double room = (width() - left) / columns.size();
    Names names = names(columns, rows);
    double top = TOP + names.height();
    canvas.text(axes, 2, 12, SMALL, Canvas.Anchor.START, ChartColor.MUTED, false);
    for (int c = 0; c < columns.size(); c++) {
      if (names.vertical()) {
        double x = left + (c + 0.5) * room + 4;
        canvas.vertical(names.names().get(c), x, top - 6, SMALL - 1, Canvas.Anchor.START);
        continue;
      }
      canvas.text(
          columns.get(c),
          left + (c + 0.5) * room,
          TOP - 8,
          columns.size() > 6 ? SMALL - 1 : SMALL,
          Canvas.Anchor.MIDDLE,
          ChartColor.INK,
          false);
    }
    for (int r = 0; r < rows.size(); r++) {
      double y = top + r * CELL;
      canvas.text(
          Names.shown(rows.get(r).name(), LONGEST),
          left - 8,
          y + CELL / 2 + 4,
          SMALL,
          Canvas.Anchor.END,
          ChartColor.INK,
          false);
      for (int c = 0; c < rows.get(r).cells().size(); c++) {
        cell(canvas, rows.get(r).cells().get(c), left + c * room, y, room);
      }
    }
  }

  private static void cell(Canvas canvas, Cell cell, double x, double y, double room) {
    // Cells of share 0 remain visible.
    double opacity = 0.05 + 0.95 * cell.share();
    String tip = room < LEAST_ROOM ? cell.text() + " " + cell.note() : "";
    canvas.rect(x + 1, y + 1, Math.max(1, room - 2), CELL - 2, ChartColor.HEAT, opacity, tip);
    ChartColor ink = opacity > TURN ? ChartColor.ON_HEAT : ChartColor.INK;
    boolean noted = !cell.note().isEmpty();
    double middle = x + room / 2;
    if (room < LEAST_ROOM) {
      return;
    }
    String text = room < CELL ? cell.text().replace(" %", "") : cell.text();
    canvas.text(
        text,
        middle,
        y + CELL / 2 + (noted ? -1 : 4),
        Names.fitting(text, 0.84 * room, 12.5),
        Canvas.Anchor.MIDDLE,
        ink,
        true);
    if (noted) {
      canvas.text(
          cell.note(),
          middle,
          y + CELL / 2 + 12,
          Names.fitting(cell.note(), room - 2, 10),
          Canvas.Anchor.MIDDLE,
          ink,
          false);
    }
  }
}
