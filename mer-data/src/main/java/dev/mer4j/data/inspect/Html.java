package dev.mer4j.data.inspect;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Puts a page together; whatever comes from files is escaped. */
final class Html {
  private static final Pattern NUMBER = Pattern.compile("[-+±]?\\d");

  private final StringBuilder page = new StringBuilder();

  /** Returns text that means itself inside an element or a quoted attribute. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(visible(c) ? c : 0xfffd);
              }
            });
    return escaped.toString();
  }

  /** Control characters, half pairs, and what turns the direction of writing around. */
  private static boolean visible(int c) {
    int kind = Character.getType(c);
    return kind != Character.CONTROL && kind != Character.SURROGATE && kind != Character.FORMAT;
  }

  /** Appends markup as it is. */
  Html raw(String markup) {
    page.append(markup).append('\n');
    return this;
  }

  Html heading(String text) {
    return raw("<h2>" + escape(text) + "</h2>");
  }

  Html paragraph(String text) {
    return raw("<p>" + escape(text) + "</p>");
  }

  Html list(List<String> items) {
    raw("<ul>");
    items.forEach(item -> raw("<li>" + escape(item) + "</li>"));
    return raw("</ul>");
  }

  /** Appends a table whose first column names the rows; columns of words are set to the left. */
  Html table(List<String> header, List<List<String>> rows) {
    raw("<div class=\"wide\"><table><thead><tr>");
    for (int column = 0; column < header.size(); column++) {
      raw(
          String.format(
              Locale.ROOT,
              "<th scope=\"col\"%s>%s</th>",
              side(column, rows),
              escape(header.get(column))));
    }
    raw("</tr></thead><tbody>");
    for (List<String> row : rows) {
      raw("<tr><th scope=\"row\">" + escape(row.get(0)) + "</th>");
      for (int column = 1; column < row.size(); column++) {
        raw(
            String.format(
                Locale.ROOT, "<td%s>%s</td>", side(column, rows), escape(row.get(column))));
      }
      raw("</tr>");
    }
    return raw("</tbody></table></div>");
  }

  private static String side(int column, List<List<String>> rows) {
    boolean words = rows.stream().noneMatch(row -> NUMBER.matcher(row.get(column)).lookingAt());
    return words ? " class=\"words\"" : "";
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
