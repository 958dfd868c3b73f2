package dev.mer4j.report.internal.chart;

import java.util.List;

/** A heat map. */
public final class HeatMap extends Chart {
  private static final double TOP = 40;
  private static final double CELL = 38;

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
    super(title, (int) (TOP + CELL * rows.size() + 8));
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

  @Override
  void draw(Canvas canvas) {
    int longest = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    double left = Math.max(60, 6.4 * longest + 14);
    double room = (width() - left) / columns.size();
    canvas.text(axes, 2, 12, SMALL, Canvas.Anchor.START, ChartColor.MUTED, false);
    for (int c = 0; c < columns.size(); c++) {
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
      double y = TOP + r * CELL;
      canvas.text(
          rows.get(r).name(),
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
    canvas.rect(x + 1, y + 1, room - 2, CELL - 2, ChartColor.HEAT, opacity);
    ChartColor ink = opacity > TURN ? ChartColor.ON_HEAT : ChartColor.INK;
    boolean noted = !cell.note().isEmpty();
    double middle = x + room / 2;
    canvas.text(
        cell.text(),
        middle,
        y + CELL / 2 + (noted ? -1 : 4),
        12.5,
        Canvas.Anchor.MIDDLE,
        ink,
        true);
    if (noted) {
      canvas.text(cell.note(), middle, y + CELL / 2 + 12, 10, Canvas.Anchor.MIDDLE, ink, false);
    }
  }
}
