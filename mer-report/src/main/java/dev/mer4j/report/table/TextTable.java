package dev.mer4j.report.table;

import dev.mer4j.MerException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table: the first column is aligned left, all others right.
 *
 * @param header one title per column
 * @param rows as many cells each as there are columns
 */
public record TextTable(List<String> header, List<List<String>> rows) {
  public TextTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new MerException(
            "a row must have a cell for each of the columns %s: %s".formatted(header, row));
      }
    }
  }

  /** Two spaces between columns, dashes below the header; no newline at the end. */
  public String toText() {
    List<Integer> widths = widths();
    List<String> lines = new ArrayList<>();
    lines.add(line(header, widths));
    lines.add(widths.stream().map("-"::repeat).collect(Collectors.joining("  ")));
    rows.forEach(row -> lines.add(line(row, widths)));
    return String.join("\n", lines);
  }

  /** A table of GitHub's Markdown; no newline at the end. */
  public String toMarkdown() {
    List<String> lines = new ArrayList<>();
    lines.add(markdown(header));
    lines.add("|---" + "|---:".repeat(header.size() - 1) + "|");
    rows.forEach(row -> lines.add(markdown(row)));
    return String.join("\n", lines);
  }

  private List<Integer> widths() {
    return IntStream.range(0, header.size())
        .mapToObj(
            column ->
                rows.stream()
                    .mapToInt(row -> row.get(column).length())
                    .reduce(header.get(column).length(), Math::max))
        .toList();
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(widths.get(column) - cell.length());
      line.append(column == 0 ? cell + padding : "  " + padding + cell);
    }
    return line.toString().stripTrailing();
  }

  private static String markdown(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
