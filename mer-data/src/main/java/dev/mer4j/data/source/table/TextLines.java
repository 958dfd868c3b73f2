package dev.mer4j.data.source.table;

import dev.mer4j.FileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads lines of limited length. They end as for {@link java.io.BufferedReader#readLine}. */
final class TextLines implements Closeable {
  static final int LONGEST = 1 << 24;

  private static final int BUFFER = 1 << 13;

  private final Path file;
  private final Reader in;
  private final char[] buffer = new char[BUFFER];
  private int at;
  private int end;
  private int line;

  /**
   * @param file for messages
   */
  TextLines(Path file, Reader in) {
    this.file = file;
    this.in = in;
  }

  /** Returns the number of the last line, from 1; after the end one more than that of the last. */
  int line() {
    return line;
  }

  /**
   * Returns the next line without its end; null after the last.
   *
   * @throws FileException if it is too long
   */
  @Nullable String next() throws IOException {
    line++;
    if (!fill()) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    do {
      int start = at;
      while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      text.append(buffer, start, at - start);
      requireLength(text.length());
    } while (at == end && fill());
    skipEnd();
    return text.toString();
  }

  /** Throws if a line, or a value of several lines, is too long. */
  void requireLength(int length) {
    if (length > LONGEST) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "line %d has more than %,d characters; give a table of text",
              line,
              LONGEST));
    }
  }

  private void skipEnd() throws IOException {
    if (at < end && buffer[at++] == '\r' && fill() && buffer[at] == '\n') {
      at++;
    }
  }

  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer, 0, BUFFER));
    }
    return at < end;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
