package dev.mer4j.data.fold;

import dev.mer4j.FileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the string literals of one list in a Python file, without running it. */
final class PythonList {
  private static final Pattern ITEM =
      Pattern.compile(
          "\\G(?:\\s|,|#[^\\n]*)*(?:[uU]?(?:'([^'\\\\\\n]*)'|\"([^\"\\\\\\n]*)\")|(\\]))");

  private PythonList() {}

  /**
   * Returns the strings of {@code name = [ … ]}.
   *
   * @throws FileException if there is no such list, or it holds anything but plain strings
   */
  static List<String> read(Path file, String text, String name) {
    Matcher start =
        Pattern.compile("(?m)^\\s*" + Pattern.quote(name) + "\\s*=\\s*\\[").matcher(text);
    if (!start.find()) {
      throw new FileException(file, "has no list '" + name + "'");
    }
    List<String> items = new ArrayList<>();
    Matcher item = ITEM.matcher(text).region(start.end(), text.length());
    while (item.find()) {
      if (item.group(3) != null) {
        return items;
      }
      items.add(item.group(1) != null ? item.group(1) : item.group(2));
    }
    throw new FileException(
        file, "list '%s' holds more than plain strings, or does not end".formatted(name));
  }
}
