package dev.mer4j.report.internal.page;

import dev.mer4j.report.internal.chart.Chart;
import java.util.Map;
import java.util.Objects;

/** The charts of a study, by file name. */
record Figures(Map<String, Chart> charts) {
  Html of(String name) {
    return new Html().figure(Objects.requireNonNull(charts.get(name), name));
  }
}
