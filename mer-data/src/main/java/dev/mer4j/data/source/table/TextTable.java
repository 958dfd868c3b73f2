package dev.mer4j.data.source.table;

import dev.mer4j.FileException;
import dev.mer4j.file.ReadFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table of text, read line by line: CSV with {@code ,}, {@code ;} or tabs between columns, or
 * ARFF. Names and values have no blanks around them. Values may be in double quotes.
 */
public final class TextTable implements AutoCloseable {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Path file;
  private final BufferedReader in;
  private final List<String> columns = new ArrayList<>();
  private char separator;
  private int line;

  private TextTable(Path file, BufferedReader in) {
    this.file = file;
    this.in = in;
  }

  /**
   * Opens a table in UTF-8, or in UTF-16 with a byte order mark, and reads the names of its
   * columns.
   *
   * @throws FileException if it cannot be read, or has no names of columns
   */
  public static TextTable open(Path file) {
    try {
      TextTable table = new TextTable(file, Files.newBufferedReader(file, charset(file)));
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
    String header = nextLine();
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
    columns.addAll(split(header));
  }

  private void readAttributes() throws IOException {
    separator = ',';
    for (String text = nextLine(); text != null; text = nextLine()) {
      String stripped = text.strip();
      String lower = stripped.toLowerCase(Locale.ROOT);
      if (lower.startsWith("@data")) {
        return;
      }
      if (lower.startsWith("@attribute")) {
        columns.add(attribute(stripped.substring("@attribute".length()).strip()));
      } else if (!lower.startsWith("%")) {
        throw new FileException(
            file, "line " + line + " of its header is neither @attribute nor @data");
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

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  public Path file() {
    return file;
  }

  /** Returns the names of the columns. */
  public List<String> columns() {
    return List.copyOf(columns);
  }

  /** Returns the index of the first column of one of these names, in any case; -1 if none. */
  public int column(String... names) {
    for (String name : names) {
      for (int c = 0; c < columns.size(); c++) {
        if (columns.get(c).equalsIgnoreCase(name)) {
          return c;
        }
      }
    }
    return -1;
  }

  /** Returns the line, from 1, of the row that was read last. */
  public int line() {
    return line;
  }

  /**
   * Returns the values of the next row; null after the last.
   *
   * @throws FileException if it has more or fewer values than there are columns
   */
  public @Nullable List<String> next() {
    try {
      String text = nextLine();
      if (text == null) {
        return null;
      }
      List<String> values = split(text);
      if (values.size() != columns.size()) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "line %d has %d values, there are %d columns",
                line,
                values.size(),
                columns.size()));
      }
      return values;
    } catch (IOException e) {
      throw new FileException(file, "line " + (line + 1) + ": " + reason(file, e), e);
    }
  }

  /** Returns the next line that is not blank. */
  private @Nullable String nextLine() throws IOException {
    String text = in.readLine();
    line++;
    while (text != null && text.isBlank()) {
      text = in.readLine();
      line++;
    }
    return text;
  }

  private List<String> split(String text) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < text.length() && text.charAt(i + 1) == '"';
        if (doubled) {
          value.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == separator && !quoted) {
        values.add(value.toString().strip());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString().strip());
    return values;
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
        case "nan", "-nan", "-nan(ind)", "?", "" -> Double.NaN;
        case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
        case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(text);
      };
    } catch (NumberFormatException e) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "line %d, column '%s' is '%s', expected a number",
              line,
              columns.get(column),
              text),
          e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new FileException(file, ReadFailure.reason(file, e), e);
    }
  }
}
