package dev.mer4j.report.internal.table;

import dev.mer4j.MerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table: the first column and columns of words are aligned left, columns of numbers right.
 *
 * @param header the title of each column
 * @param rows the rows, with one cell per column
 */
public record TextTable(List<String> header, List<List<String>> rows) {
  private static final Pattern NUMBER = Pattern.compile("[-+±]?\\d");

  public TextTable {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != header.size()) {
        throw new MerException(
            String.format(
                Locale.ROOT, "a row must have a cell for each of the columns %s: %s", header, row));
      }
    }
  }

  /** Returns plain text with dashes below the header, without a final newline. */
  public String toText() {
    List<Integer> widths = widths();
    List<String> lines = new ArrayList<>();
    lines.add(line(header, widths));
    lines.add(widths.stream().map("-"::repeat).collect(Collectors.joining("  ")));
    rows.forEach(row -> lines.add(line(row, widths)));
    return String.join("\n", lines);
  }

  /** Returns GitHub-flavored Markdown, without a final newline. */
  public String toMarkdown() {
    List<String> lines = new ArrayList<>();
    lines.add(markdown(header));
    lines.add(
        IntStream.range(0, header.size())
            .mapToObj(column -> isLeft(column) ? "---" : "---:")
            .collect(Collectors.joining("|", "|", "|")));
    rows.forEach(row -> lines.add(markdown(row)));
    return String.join("\n", lines);
  }

  /** Returns whether a column is aligned left: the first one, and those with words. */
  public boolean isLeft(int column) {
    return column == 0
        || (rows.stream().anyMatch(row -> row.get(column).chars().anyMatch(Character::isLetter))
            && rows.stream().noneMatch(row -> NUMBER.matcher(row.get(column)).lookingAt()));
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

  private String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String cell = cells.get(column);
      String padding = " ".repeat(widths.get(column) - cell.length());
      line.append(column == 0 ? "" : "  ").append(isLeft(column) ? cell + padding : padding + cell);
    }
    return line.toString().stripTrailing();
  }

  private static String markdown(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
