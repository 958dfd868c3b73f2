package dev.mer4j.data.fold;

import dev.mer4j.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses the string literals of one list in a Python file, without running it, in linear time. */
final class PythonList {
  private final Path file;
  private final String text;
  private final String name;
  private int at;

  private PythonList(Path file, String text, String name) {
    this.file = file;
    this.text = text;
    this.name = name;
  }

  /**
   * Returns the strings of {@code name = [ … ]}.
   *
   * @throws FileException if the list does not exist or contains anything but plain strings
   */
  static List<String> read(Path file, String text, String name) {
    PythonList list = new PythonList(file, text, name);
    if (!list.findStart()) {
      throw new FileException(file, "has no list '" + name + "'");
    }
    return list.items();
  }

  /**
   * Returns the strings of the list at the start of the text, or of the list that its first line
   * assigns.
   *
   * @return the strings; null if the text starts with neither
   */
  static @Nullable List<String> readFirst(Path file, String text) {
    PythonList list = new PythonList(file, text, "of ids");
    list.skip(true);
    int start = list.at;
    while (list.at < text.length() && Character.isJavaIdentifierPart(text.charAt(list.at))) {
      list.at++;
    }
    boolean found = list.at == start ? list.accept('[') : list.acceptAssignment();
    return found ? list.items() : null;
  }

  /** Moves past the opening bracket of the assignment, which starts a line. */
  private boolean findStart() {
    while (at < text.length()) {
      skip(true);
      if (text.startsWith(name, at)) {
        at += name.length();
        if (acceptAssignment()) {
          return true;
        }
      }
      int end = text.indexOf('\n', at);
      at = end < 0 ? text.length() : end + 1;
    }
    return false;
  }

  private boolean acceptAssignment() {
    skip(false);
    if (!accept('=')) {
      return false;
    }
    skip(false);
    return accept('[');
  }

  private boolean accept(char expected) {
    boolean found = at < text.length() && text.charAt(at) == expected;
    at += found ? 1 : 0;
    return found;
  }

  /** Skips blanks, and optionally line ends and comments. */
  private void skip(boolean lines) {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (lines && c == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(c) && (lines || (c != '\n' && c != '\r'))) {
        at++;
      } else {
        return;
      }
    }
  }

  private List<String> items() {
    List<String> items = new ArrayList<>();
    while (true) {
      skip(true);
      if (accept(',')) {
        continue;
      }
      if (accept(']')) {
        return items;
      }
      items.add(string());
    }
  }

  private String string() {
    if (at < text.length() && Character.toLowerCase(text.charAt(at)) == 'u') {
      at++;
    }
    char quote = at < text.length() ? text.charAt(at) : 0;
    if (quote == '\'' || quote == '"') {
      int start = at + 1;
      for (int end = start; end < text.length(); end++) {
        char c = text.charAt(end);
        if (c == quote) {
          at = end + 1;
          return text.substring(start, end);
        }
        if (c == '\\' || c == '\n') {
          break;
        }
      }
    }
    throw new FileException(
        file, "list '" + name + "' contains more than plain strings, or does not end");
  }
}
