package dev.mer4j.report;

import dev.mer4j.core.Contributions;
import dev.mer4j.core.Contributions.Term;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.attribution.TermShare;
import dev.mer4j.report.internal.chart.BarTable;
import dev.mer4j.report.internal.chart.Chart;
import dev.mer4j.report.internal.chart.HeatMap;
import dev.mer4j.report.internal.table.Decimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Creates the charts of the terms of additive fusion. */
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
            .sorted(Comparator.comparingDouble(row -> -magnitudeOf(row.getValue())))
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

  /**
   * Returns the terms of one segment relative to their training means, or their values if the means
   * are unknown: one row per term and one column per class.
   */
  static Chart of(Contributions contributions, List<String> classes) {
    List<Term> terms = contributions.terms();
    boolean known = terms.stream().noneMatch(term -> term.relative().isEmpty());
    Function<Term, List<Double>> values = known ? Term::relative : Term::values;
    List<BarTable.Row> rows =
        terms.stream()
            .sorted(Comparator.comparingDouble(term -> -magnitude(values.apply(term))))
            .limit(MOST)
            .sorted(Comparator.comparing(Term::modalities))
            .map(term -> new BarTable.Row(term.modalities().toString(), values.apply(term)))
            .toList();
    String title = known ? "Terms relative to their training means (logits)" : "Terms (logits)";
    return new BarTable(
        terms.size() > MOST
            ? String.format(Locale.ROOT, "%s, the %d largest of %d", title, MOST, terms.size())
            : title,
        known ? "more than usual" : "raises the logit",
        known ? "less than usual" : "lowers it",
        classes,
        rows);
  }

  private static double magnitude(List<Double> values) {
    return values.stream().mapToDouble(Math::abs).sum();
  }

  private static double magnitudeOf(List<TermShare> shares) {
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
