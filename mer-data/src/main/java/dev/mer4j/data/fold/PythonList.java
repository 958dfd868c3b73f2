package dev.mer4j.data.fold;

import dev.mer4j.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses the string literals of one list in a Python file, without running it, in linear time. */
final class PythonList {
  /** The characters that may follow a list. */
  private static final String ENDS = "\r\n#;";

  /** What follows the name of a list in statements that change it. */
  private static final Pattern CHANGE =
      Pattern.compile("\\h*(\\+?=|\\.(append|clear|extend|insert|pop|remove)\\b|\\[)");

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
    List<String> items = list.items();
    if (list.findChange()) {
      throw list.fault("is changed after it is assigned; write it as one list");
    }
    return items;
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
    boolean assigned = list.at > start;
    if (assigned ? !list.acceptAssignment() : !list.accept('[')) {
      return null;
    }
    List<String> items = list.items();
    list.skip(true);
    if (!assigned && list.at < text.length()) {
      throw list.fault("is followed by other text; write it as one list");
    }
    return items;
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

  /** Returns whether a further line starts with a statement that changes the list. */
  private boolean findChange() {
    while (at < text.length()) {
      skip(true);
      if (text.startsWith(name, at)) {
        at += name.length();
        if (CHANGE.matcher(text).region(at, text.length()).lookingAt()) {
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
    boolean separated = true;
    while (true) {
      skip(true);
      if (accept(',')) {
        separated = true;
        continue;
      }
      if (accept(']')) {
        requireEnd();
        return items;
      }
      String item = string();
      if (!separated) {
        throw fault("has no comma before '" + item + "'");
      }
      items.add(item);
      separated = false;
    }
  }

  /** Throws if the list is a part of a longer expression. */
  private void requireEnd() {
    skip(false);
    if (at < text.length() && ENDS.indexOf(text.charAt(at)) < 0) {
      throw fault("is a part of an expression; write it as one list");
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
    throw fault("contains more than plain strings, or does not end");
  }

  private FileException fault(String problem) {
    return new FileException(file, "list '" + name + "' " + problem);
  }
}
