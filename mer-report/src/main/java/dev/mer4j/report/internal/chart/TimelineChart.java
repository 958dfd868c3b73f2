package dev.mer4j.report.internal.chart;

import java.util.List;

/**
 * Rows of cells over one axis of time: positive and negative values in two colors, with words below
 * the axis.
 */
public final class TimelineChart extends Chart {
  private static final double LEFT = 84;
  private static final double TOP = 30;
  private static final double CELL = 20;
  private static final double HEADING = 24;
  private static final double AXIS = 44;
  private static final int LONGEST_NAME = 12;

  private final List<Group> groups;
  private final double from;
  private final double to;
  private final String unit;
  private final WordLanes words;
  private final double largest;

  /**
   * Creates a chart.
   *
   * @param words below the axis, in order of time; may be empty
   * @param from the value of the axis at the left
   * @param unit the title of the axis
   */
  public TimelineChart(
      String title, List<Group> groups, List<Label> words, double from, double to, String unit) {
    super(title, (int) (TOP + height(groups) + AXIS + lanes(words).height()));
    this.groups = List.copyOf(groups);
    this.words = lanes(words);
    this.from = from;
    this.to = to;
    this.unit = unit;
    largest =
        groups.stream()
            .flatMap(group -> group.rows().stream())
            .flatMap(row -> row.cells().stream())
            .mapToDouble(cell -> Math.abs(cell.value()))
            .max()
            .orElse(0);
  }

  /** Rows with a common heading. */
  public record Group(String heading, List<Row> rows) {
    public Group {
      rows = List.copyOf(rows);
    }
  }

  /** A row of cells. */
  public record Row(String name, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A cell.
   *
   * @param start its left end, as a share of the axis
   * @param end its right end
   */
  public record Cell(double start, double end, double value) {}

  /**
   * A word.
   *
   * @param at its start, as a share of the axis, in [0, 1]
   */
  public record Label(String text, double at) {}

  private static WordLanes lanes(List<Label> words) {
    return WordLanes.of(words, LEFT, width() - 4);
  }

  private static double height(List<Group> groups) {
    return groups.stream().mapToDouble(group -> HEADING + CELL * group.rows().size()).sum();
  }

  @Override
  void draw(Canvas canvas) {
    String range = " (darkest: " + number(largest, 2) + ")";
    Legend.draw(
        canvas,
        LEFT,
        List.of(
            new Legend.Entry("raises the logit" + range, ChartColor.RAISES, false),
            new Legend.Entry("lowers it", ChartColor.LOWERS, false)));
    double y = TOP;
    for (Group group : groups) {
      canvas.text(group.heading(), 2, y + 15, SIZE, Canvas.Anchor.START, ChartColor.INK, true);
      y += HEADING;
      for (Row row : group.rows()) {
        row(canvas, group, row, y);
        y += CELL;
      }
    }
    Axis x = new Axis(from, to, LEFT, width() - 4);
    below(canvas, x, 8, y, unit);
    words.draw(canvas, y + AXIS);
  }

  private void row(Canvas canvas, Group group, Row row, double y) {
    canvas.text(
        Names.shown(row.name(), LONGEST_NAME),
        LEFT - 8,
        y + CELL / 2 + 4,
        SMALL,
        Canvas.Anchor.END,
        ChartColor.INK,
        false);
    double all = width() - 4 - LEFT;
    canvas.line(LEFT, y + CELL / 2, LEFT + all, y + CELL / 2, ChartColor.LINE, 1, false);
    for (Cell cell : row.cells()) {
      double x = LEFT + cell.start() * all + 0.5;
      double room = Math.max(1, (cell.end() - cell.start()) * all - 1);
      String tip = group.heading() + ", " + row.name() + ": " + number(cell.value(), 3);
      ChartColor tone = cell.value() < 0 ? ChartColor.LOWERS : ChartColor.RAISES;
      double share = largest > 0 ? Math.abs(cell.value()) / largest : 0;
      canvas.rect(x, y + 1, room, CELL - 2, ChartColor.CARD, 1);
      // Cells of 0 remain visible.
      canvas.rect(x, y + 1, room, CELL - 2, tone, 0.06 + 0.94 * share, tip);
    }
  }
}
