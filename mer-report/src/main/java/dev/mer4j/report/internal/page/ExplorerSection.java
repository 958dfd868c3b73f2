package dev.mer4j.report.internal.page;

import static dev.mer4j.report.internal.chart.Escaped.escape;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The section to explore segments; the page's script fills it. */
final class ExplorerSection {
  private ExplorerSection() {}

  static Section of(List<String> classes) {
    String options =
        IntStream.range(0, classes.size())
            .mapToObj(
                c ->
                    String.format(
                        Locale.ROOT,
                        "<option value=\"%d\">annotated: %s</option>",
                        c,
                        escape(classes.get(c))))
            .collect(Collectors.joining());
    return new Section(
        "explorer",
        "Segments",
        new Html()
            .add(
                String.format(
                    Locale.ROOT,
                    """
                <div class="explorer">
                <div class="picker"><div class="controls">
                <input id="search" type="search" placeholder="Find an id" aria-label="Find an id">
                <select id="filter" aria-label="Filter segments">
                <option value="all">all segments</option>
                <option value="wrong">with a wrong prediction</option>
                <option value="right">all predictions correct</option>
                <option value="disagree">attention and Shapley disagree</option>%s</select>
                <span class="note" id="found" role="status"></span></div>
                <div id="list" role="group" aria-label="Segments; arrow keys move"></div></div>
                <div id="shown"></div>
                </div>
                """,
                    options)));
  }
}
