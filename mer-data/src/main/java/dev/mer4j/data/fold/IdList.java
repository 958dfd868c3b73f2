package dev.mer4j.data.fold;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses the ids of a text list: one per line or several separated by commas, semicolons or tabs,
 * optionally quoted. A {@code #} at the start of a line or after a blank starts a comment. A Python
 * list of strings is accepted too.
 */
final class IdList {
  private static final String SEPARATORS = ",;\t";
  private static final String QUOTES = "'\"`";

  private IdList() {}

  static List<String> read(Path file, String text) {
    List<String> python = PythonList.readFirst(file, text);
    if (python != null) {
      return python;
    }
    List<String> ids = new ArrayList<>();
    text.lines().forEach(line -> addIds(line, ids));
    return ids;
  }

  private static void addIds(String line, List<String> ids) {
    StringBuilder id = new StringBuilder();
    char quote = 0;
    boolean blank = true;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          id.append(c);
        }
      } else if (c == '#' && blank) {
        break;
      } else if (SEPARATORS.indexOf(c) >= 0) {
        add(id, ids);
      } else if (QUOTES.indexOf(c) >= 0 && id.toString().isBlank() && line.indexOf(c, i + 1) > 0) {
        quote = c;
      } else {
        id.append(c);
      }
      blank = Character.isWhitespace(c);
    }
    add(id, ids);
  }

  private static void add(StringBuilder id, List<String> ids) {
    String stripped = id.toString().strip();
    if (!stripped.isEmpty()) {
      ids.add(stripped);
    }
    id.setLength(0);
  }
}
