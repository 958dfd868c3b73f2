package dev.mer4j.report.internal.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The section to explore segments; the page's script fills it. */
final class ExplorerSection {
  private ExplorerSection() {}

  static Section of(List<String> classes) {
    String options =
        classes.stream()
            .map(
                each ->
                    String.format(
                        Locale.ROOT, "<option value=\"%1$s\">annotated: %1$s</option>", each))
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
