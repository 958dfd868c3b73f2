package dev.mer4j.data.source.table;

import dev.mer4j.FileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a table and divides them into values. */
final class TextRows implements Closeable {
  private final Path file;
  private final TextLines lines;

  /**
   * @param file for messages
   */
  TextRows(Path file, Reader in) {
    this.file = file;
    lines = new TextLines(file, in);
  }

  /** Returns the number of the last line, from 1. */
  int line() {
    return lines.line();
  }

  /** Returns the next line that is not blank. */
  @Nullable String nextLine() throws IOException {
    String text = lines.next();
    while (text != null && text.isBlank()) {
      text = lines.next();
    }
    return text;
  }

  /** Returns the values of a line, of which a quoted one may continue in the next lines. */
  List<String> split(String line, char separator) throws IOException {
    return line.indexOf('"') < 0 ? plain(line, separator) : quoted(line, separator);
  }

  private static List<String> plain(String line, char separator) {
    List<String> values = new ArrayList<>();
    int start = 0;
    for (int end = line.indexOf(separator); end >= 0; end = line.indexOf(separator, start)) {
      values.add(line.substring(start, end).strip());
      start = end + 1;
    }
    values.add(line.substring(start).strip());
    return values;
  }

  private List<String> quoted(String line, char separator) throws IOException {
    List<String> values = new ArrayList<>();
    TextValue value = new TextValue(separator);
    String text = line;
    int first = line();
    while (true) {
      for (int i = 0; i < text.length(); i++) {
        if (value.add(text.charAt(i))) {
          values.add(value.take());
        } else if (value.isMisquoted()) {
          throw unclosed(first);
        }
      }
      if (!value.isOpen()) {
        values.add(value.take());
        return values;
      }
      String next = lines.next();
      if (next == null) {
        throw unclosed(first);
      }
      lines.requireLength(value.continueLine() + next.length());
      text = next;
    }
  }

  private FileException unclosed(int line) {
    return new FileException(
        file, "line " + line + ": a quote is not closed; a quote within a quoted value is doubled");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
