package dev.mer4j.cli;

import java.util.Locale;

/** Escapes text from files and arguments for display on a terminal. */
final class Printable {
  private Printable() {}

  /**
   * Returns the text with control characters, line ends and bidirectional controls as JSON escapes,
   * such as {@code \u001b}.
   */
  static String line(String text) {
    return escape(text, "");
  }

  /** Escapes like {@link #line}, but keeps line ends and tabs. */
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
