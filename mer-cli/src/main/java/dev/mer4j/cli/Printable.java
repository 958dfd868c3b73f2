package dev.mer4j.cli;

import java.util.Locale;

/** Text from files and arguments that is to be shown on a terminal. */
final class Printable {
  private Printable() {}

  /**
   * Returns the text with every character that could control a terminal, end the line or turn its
   * direction as a JSON escape, such as {@code \u001b}.
   */
  static String line(String text) {
    return escape(text, "");
  }

  /** As {@link #line}, but lines and tabulators stay. */
  static String lines(String text) {
    return escape(text, "\n\t");
  }

  private static String escape(String text, String kept) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (kept.indexOf(c) >= 0 || isVisible(c)) {
                escaped.appendCodePoint(c);
              } else {
                for (char unit : Character.toChars(c)) {
                  escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
              }
            });
    return escaped.toString();
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
