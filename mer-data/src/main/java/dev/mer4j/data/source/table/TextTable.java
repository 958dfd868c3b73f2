package dev.mer4j.data.source.table;

import dev.mer4j.FileException;
import dev.mer4j.file.ReadFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of text, read line by line: CSV with {@code ,}, {@code ;} or tabs between columns, or
 * ARFF. Names and values have no blanks around them. Values may be in double quotes, and then
 * contain separators, line ends and doubled quotes; a quote within another value is a character.
 */
public final class TextTable implements AutoCloseable {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Path file;
  private final TextRows rows;
  private final List<String> columns = new ArrayList<>();
  private char separator;
  private boolean arff;

  private TextTable(Path file, TextRows rows) {
    this.file = file;
    this.rows = rows;
  }

  /**
   * Opens a table in UTF-8, or in UTF-16 with a byte order mark, and reads the names of its
   * columns.
   *
   * @throws FileException if it cannot be read, or has no names of columns
   */
  public static TextTable open(Path file) {
    try {
      Reader in = Files.newBufferedReader(file, charset(file));
      TextTable table = new TextTable(file, new TextRows(file, in));
      try {
        table.readHeader();
        return table;
      } catch (IOException | RuntimeException e) {
        table.close();
        throw e;
      }
    } catch (IOException e) {
      throw new FileException(file, reason(file, e), e);
    }
  }

  private static Charset charset(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      boolean marked = start.length == 2 && ((start[0] ^ start[1]) & 0xFF) == 1;
      boolean utf16 = marked && Math.max(start[0] & 0xFF, start[1] & 0xFF) == 0xFF;
      return utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }
  }

  private static String reason(Path file, IOException e) {
    return e instanceof CharacterCodingException
        ? "is not text in UTF-8; save the table in UTF-8"
        : ReadFailure.reason(file, e);
  }

  private void readHeader() throws IOException {
    String header = rows.nextLine();
    if (header == null) {
      throw new FileException(file, "has no line with the names of its columns");
    }
    header = header.startsWith(BYTE_ORDER_MARK) ? header.substring(1) : header;
    if (header.strip().toLowerCase(Locale.ROOT).startsWith("@relation")) {
      readAttributes();
      return;
    }
    separator = ',';
    for (char other : new char[] {';', '\t'}) {
      separator = count(header, other) > count(header, separator) ? other : separator;
    }
    columns.addAll(rows.split(header, separator));
  }

  private void readAttributes() throws IOException {
    arff = true;
    separator = ',';
    for (String text = rows.nextLine(); text != null; text = rows.nextLine()) {
      String stripped = text.strip();
      String lower = stripped.toLowerCase(Locale.ROOT);
      if (lower.startsWith("@data")) {
        return;
      }
      if (lower.startsWith("@attribute")) {
        columns.add(attribute(stripped.substring("@attribute".length()).strip()));
      } else if (!lower.startsWith("%")) {
        throw new FileException(
            file, "line " + line() + " of its header is neither @attribute nor @data");
      }
    }
    throw new FileException(file, "has no line @data");
  }

  private static String attribute(String text) {
    char quote = text.isEmpty() ? ' ' : text.charAt(0);
    if (quote == '\'' || quote == '"') {
      int end = text.indexOf(quote, 1);
      return end < 0 ? text : text.substring(1, end);
    }
    return text.split("\\s+", 2)[0];
  }

  /** Returns how often a separator occurs outside of quotes. */
  private static int count(String text, char wanted) {
    int count = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '"';
      count += !quoted && text.charAt(i) == wanted ? 1 : 0;
    }
    return count;
  }

  public Path file() {
    return file;
  }

  /** Returns the names of the columns. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /**
   * Returns the index of the column of the first of these names that the table has, in any case; -1
   * if it has none.
   *
   * @throws FileException if several columns have the name, and not one of them in its case
   */
  public int column(String... names) {
    for (String name : names) {
      int[] found = columns(column -> column.equals(name));
      found = found.length == 1 ? found : columns(column -> column.equalsIgnoreCase(name));
      if (found.length > 1) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "columns %d and %d are both called '%s'; rename one",
                found[0] + 1,
                found[1] + 1,
                columns.get(found[1])));
      }
      if (found.length == 1) {
        return found[0];
      }
    }
    return -1;
  }

  private int[] columns(Predicate<String> selected) {
    return IntStream.range(0, columns.size()).filter(c -> selected.test(columns.get(c))).toArray();
  }

  /** Returns the line, from 1, at which the row ends that was read last. */
  public int line() {
    return rows.line();
  }

  /**
   * Returns the values of the next row; null after the last.
   *
   * @throws FileException if it has more or fewer values than there are columns
   */
  public @Nullable List<String> next() {
    try {
      String text = rows.nextLine();
      while (arff && text != null && text.stripLeading().startsWith("%")) {
        text = rows.nextLine();
      }
      if (text == null) {
        return null;
      }
      List<String> values = rows.split(text, separator);
      if (values.size() != columns.size()) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "line %d has %d values, there are %d columns",
                line(),
                values.size(),
                columns.size()));
      }
      return values;
    } catch (IOException e) {
      throw new FileException(file, "line " + line() + ": " + reason(file, e), e);
    }
  }

  /**
   * Reads a number.
   *
   * @throws FileException if the value is not a number; the message names line and column
   */
  public double number(List<String> row, int column) {
    String text = row.get(column);
    try {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "nan", "+nan", "-nan", "nan(ind)", "-nan(ind)", "?", "" -> Double.NaN;
        case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
        case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
        default -> decimal(text);
      };
    } catch (NumberFormatException e) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "line %d, column '%s' is '%s', expected a number",
              line(),
              columns.get(column),
              text),
          e);
    }
  }

  /** Parses a number without the suffixes and the hexadecimal digits of Java. */
  private static double decimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789.eE+-".indexOf(text.charAt(i)) < 0) {
        throw new NumberFormatException(text);
      }
    }
    return Double.parseDouble(text);
  }

  @Override
  public void close() {
    try {
      rows.close();
    } catch (IOException e) {
      throw new FileException(file, ReadFailure.reason(file, e), e);
    }
  }
}
