package dev.mer4j.eval.benchmark;

import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.statistics.Uncertainty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scores of one system under all conditions of a benchmark.
 *
 * @param segments the number of labeled segments
 * @param constant the highest macro-F1 of the constant predictors, which ignore their input
 * @param rows the scored conditions, {@code full} first
 * @param omitted names of conditions for which the system has no predictions
 */
public record BenchmarkResult(
    long seed, int segments, double constant, List<Row> rows, List<String> omitted) {
  public BenchmarkResult {
    rows = List.copyOf(rows);
    omitted = List.copyOf(omitted);
  }

  /**
   * The score under one condition.
   *
   * @param missing the share of removed input
   * @param sha256 the digest of the condition's masks
   * @param intervals of the headline metrics
   * @param hasProbabilities whether ranking metrics are defined, which require probabilities
   */
  public record Row(
      Condition condition,
      double missing,
      String sha256,
      MultiLabelMetrics metrics,
      Uncertainty intervals,
      boolean hasProbabilities) {
    /** Returns macro-F1 of positives. */
    public double macroF1() {
      return metrics.macroF1();
    }

    /** Returns the mean average precision; NaN without probabilities. */
    public double averagePrecision() {
      return hasProbabilities ? metrics.averagePrecision() : Double.NaN;
    }
  }

  /** Returns macro-F1 with full input minus that of a row. */
  public double drop(Row row) {
    return rows.get(0).macroF1() - row.macroF1();
  }

  /**
   * Returns the area under macro-F1 of each protocol with rates, by the trapezoidal rule from full
   * input on, divided by its width. The horizontal axis is the share of removed input, or the level
   * of protocols that remove none.
   */
  public Map<Protocol, Double> areas() {
    Map<Protocol, List<Row>> curves = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.condition().protocol().hasCurve()) {
        curves.computeIfAbsent(row.condition().protocol(), each -> new ArrayList<>()).add(row);
      }
    }
    Map<Protocol, Double> areas = new LinkedHashMap<>();
    curves.forEach((protocol, curve) -> areas.put(protocol, area(curve)));
    return Collections.unmodifiableMap(areas);
  }

  private double area(List<Row> curve) {
    List<Row> sorted = new ArrayList<>(curve);
    sorted.sort((a, b) -> Double.compare(a.condition().rate(), b.condition().rate()));
    double area = 0;
    double at = 0;
    double height = rows.get(0).macroF1();
    for (Row row : sorted) {
      double next = axis(row);
      area += (next - at) * (height + row.macroF1()) / 2;
      at = next;
      height = row.macroF1();
    }
    return at > 0 ? area / at : rows.get(0).macroF1();
  }

  private static double axis(Row row) {
    Protocol protocol = row.condition().protocol();
    boolean level = protocol == Protocol.GAUSSIAN || protocol == Protocol.SHIFT;
    return level ? row.condition().rate() : row.missing();
  }

  /**
   * Returns how evenly modalities contribute; empty unless every fixed set was scored.
   *
   * @param modalities the modalities of the data set
   */
  public Optional<ModalityBalance> balance(ModalitySet modalities) {
    Map<ModalitySet, Double> macroF1 = new LinkedHashMap<>();
    macroF1.put(modalities, rows.get(0).macroF1());
    for (Row row : rows) {
      if (row.condition().protocol() == Protocol.FIXED) {
        macroF1.put(row.condition().kept(), row.macroF1());
      }
    }
    return ModalityBalance.of(modalities, macroF1, constant);
  }
}
