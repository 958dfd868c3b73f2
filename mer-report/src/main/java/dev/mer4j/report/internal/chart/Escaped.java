package dev.mer4j.report.internal.chart;

import com.google.common.html.HtmlEscapers;

/** Escapes text for markup. */
public final class Escaped {
  private static final int REPLACEMENT = 0xfffd;

  private Escaped() {}

  /**
   * Escapes text for element content and for quoted attributes of HTML and SVG. Invisible
   * characters become U+FFFD.
   */
  public static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(visible(text));
  }

  /**
   * Replaces control characters other than a newline, unpaired surrogates and bidirectional
   * controls with U+FFFD.
   */
  public static String visible(String text) {
    return text.codePoints()
        .map(c -> c == '\n' || isVisible(c) ? c : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isVisible(int c) {
    int kind = Character.getType(c);
    return kind != Character.CONTROL && kind != Character.SURROGATE && kind != Character.FORMAT;
  }
}
