package dev.mer4j.report.internal.page;

import static dev.mer4j.report.internal.chart.Escaped.escape;

import dev.mer4j.report.internal.chart.Chart;
import dev.mer4j.report.internal.table.TextTable;
import java.util.List;
import java.util.Locale;

/** Builds markup from the elements that all sections use. */
final class Html {
  private final StringBuilder markup = new StringBuilder();

  /** Adds markup without escaping. */
  Html add(String trusted) {
    markup.append(trusted);
    return this;
  }

  Html title(String text) {
    return add(String.format(Locale.ROOT, "<h3>%s</h3>", escape(text)));
  }

  Html note(String text) {
    return add(String.format(Locale.ROOT, "<p class=\"note\">%s</p>", escape(text)));
  }

  Html warning(String text) {
    return add(String.format(Locale.ROOT, "<p class=\"warning\">%s</p>", escape(text)));
  }

  Html figure(Chart chart) {
    return add(
        String.format(
            Locale.ROOT,
            "<figure><figcaption>%s</figcaption>%s</figure>",
            escape(chart.title()),
            chart.svg()));
  }

  Html list(List<String> items) {
    add("<ul>");
    items.forEach(item -> add("<li>" + escape(item) + "</li>"));
    return add("</ul>");
  }

  /** Adds parts side by side, if the page is wide enough. */
  Html beside(Html... parts) {
    add("<div class=\"grid\">");
    for (Html part : parts) {
      add("<div>" + part + "</div>");
    }
    return add("</div>");
  }

  /** Adds a table: numbers aligned right, words left, floors fainter. */
  Html table(TextTable table) {
    add("<div class=\"scroll\"><table><thead><tr>");
    for (int c = 0; c < table.header().size(); c++) {
      add(cell("th scope=\"col\"", "th", table, c, table.header().get(c)));
    }
    add("</tr></thead><tbody>");
    for (var row : table.rows()) {
      add("<tr>");
      for (int c = 0; c < row.size(); c++) {
        add(
            c == 0
                ? cell("th scope=\"row\"", "th", table, c, row.get(c))
                : cell("td", "td", table, c, row.get(c)));
      }
      add("</tr>");
    }
    return add("</tbody></table></div>");
  }

  private static String cell(String start, String end, TextTable table, int column, String text) {
    String kind = column > 0 && table.isLeft(column) ? " class=\"words\"" : "";
    if (table.header().get(column).equals("floor")) {
      kind = " class=\"floor\"";
    }
    return String.format(Locale.ROOT, "<%s%s>%s</%s>", start, kind, escape(text), end);
  }

  @Override
  public String toString() {
    return markup.toString();
  }
}
