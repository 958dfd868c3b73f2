package dev.mer4j.report;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.attribution.TermShare;
import dev.mer4j.report.internal.chart.Chart;
import dev.mer4j.report.internal.chart.HeatMap;
import dev.mer4j.report.internal.table.Decimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Creates the chart of the terms of additive fusion. */
final class TermCharts {
  /** The number of terms shown: all singles and pairs of eight modalities. */
  private static final int MOST = 36;

  private static final String TITLE = "Mean absolute value of each term";

  private TermCharts() {}

  /** Returns one row per term and one column per class. */
  static Chart of(List<TermShare> shares) {
    Map<ModalitySet, List<TermShare>> rows = new LinkedHashMap<>();
    for (TermShare share : shares) {
      rows.computeIfAbsent(share.modalities(), term -> new ArrayList<>()).add(share);
    }
    double largest = shares.stream().mapToDouble(TermShare::magnitude).max().orElse(0);
    List<HeatMap.Row> shown =
        rows.entrySet().stream()
            .sorted(Comparator.comparingDouble(row -> -magnitude(row.getValue())))
            .limit(MOST)
            .sorted(Map.Entry.comparingByKey())
            .map(row -> row(row.getKey(), row.getValue(), largest))
            .toList();
    boolean known = shares.stream().anyMatch(share -> !Double.isNaN(share.deviation()));
    return new HeatMap(
        rows.size() > MOST
            ? String.format(Locale.ROOT, "%s, the %d largest of %d", TITLE, MOST, rows.size())
            : TITLE,
        known
            ? "term \u2193  \u00b1: mean absolute difference from the training mean"
            : "term \u2193",
        shares.stream().map(TermShare::label).distinct().toList(),
        shown);
  }

  private static double magnitude(List<TermShare> shares) {
    return shares.stream().mapToDouble(TermShare::magnitude).sum();
  }

  private static HeatMap.Row row(ModalitySet term, List<TermShare> shares, double largest) {
    return new HeatMap.Row(
        term.toString(),
        shares.stream()
            .map(
                share ->
                    new HeatMap.Cell(
                        largest > 0 ? share.magnitude() / largest : 0,
                        Decimal.of(share.magnitude(), 2),
                        Double.isNaN(share.deviation())
                            ? ""
                            : "\u00b1" + Decimal.of(share.deviation(), 2)))
            .toList());
  }
}
