package dev.mer4j.report.page;

import dev.mer4j.report.chart.Chart;
import java.util.Map;
import java.util.Objects;

/** The charts of a study, by the name of their picture. */
record Figures(Map<String, Chart> charts) {
  Html of(String name) {
    return new Html().figure(Objects.requireNonNull(charts.get(name), name));
  }
}
