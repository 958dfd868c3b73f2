package dev.mer4j.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.eval.statistics.Comparison;
import dev.mer4j.eval.statistics.Comparison.Difference;
import dev.mer4j.eval.statistics.Comparison.EmotionDifference;
import dev.mer4j.report.Block.Grid;
import dev.mer4j.report.Block.Heading;
import dev.mer4j.report.Block.Paragraph;
import dev.mer4j.report.internal.table.Decimal;
import dev.mer4j.report.internal.table.StudyTables;
import dev.mer4j.report.internal.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reports the comparison of two models, with intervals and significance tests. */
public final class ComparisonReport {
  private ComparisonReport() {}

  public static Document of(Comparison comparison) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Heading(1, "A against B"));
    blocks.add(
        new Paragraph(
            String.format(
                Locale.ROOT,
                "%d segments of %s; differences are A minus B. The 95 %% confidence"
                    + " intervals and p-values are from the jackknife over %s.%s",
                comparison.segments(),
                comparison.groups(),
                comparison.groups().plural(),
                StudyTables.caveats(comparison.groups(), comparison.isComplete()))));
    blocks.add(
        new Grid(
            new TextTable(
                List.of("metric", "A", "B", "difference", "low", "high", "p"),
                comparison.metrics().stream()
                    .map(each -> row(each, Decimal.of(each.p())))
                    .toList())));
    blocks.add(
        new Paragraph(
            "By emotion, with p-values corrected for "
                + comparison.emotions().size()
                + " emotions (Holm). Only A, only B:"
                + " decisions that only one model got right, with the sign-flip test on "
                + comparison.groups().plural()
                + ", which accounts for correlated segments of a "
                + comparison.groups().noun()
                + "."));
    List<List<String>> rows = new ArrayList<>();
    for (EmotionDifference each : comparison.emotions()) {
      List<String> row = new ArrayList<>(row(each.f1(), Decimal.of(each.f1Holm())));
      row.add(Integer.toString(each.decisions().onlyA()));
      row.add(Integer.toString(each.decisions().onlyB()));
      row.add(Decimal.of(each.decisionsHolm()));
      rows.add(row);
    }
    blocks.add(
        new Grid(
            new TextTable(
                List.of(
                    "metric",
                    "A",
                    "B",
                    "difference",
                    "low",
                    "high",
                    "p (Holm)",
                    "only A",
                    "only B",
                    "sign-flip p (Holm)"),
                rows)));
    return new Document(blocks);
  }

  private static List<String> row(Difference each, String p) {
    return List.of(
        each.metric(),
        Decimal.of(each.a()),
        Decimal.of(each.b()),
        Decimal.signed(each.difference().estimate()),
        Decimal.signed(each.difference().low()),
        Decimal.signed(each.difference().high()),
        p);
  }

  public static ObjectNode json(Comparison comparison) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("segments", comparison.segments());
    json.put(comparison.groups().plural(), comparison.groups().count());
    json.put("method", "jackknife over " + comparison.groups().plural());
    ArrayNode metrics = json.putArray("metrics");
    comparison.metrics().forEach(each -> put(metrics.addObject(), each));
    ObjectNode emotions = json.putObject("emotions");
    for (EmotionDifference each : comparison.emotions()) {
      ObjectNode own = emotions.putObject(each.emotion().key());
      put(own.putObject("f1"), each.f1());
      MetricsJson.put(own, "f1_p_holm", each.f1Holm());
      own.put("right_only_a", each.decisions().onlyA());
      own.put("right_only_b", each.decisions().onlyB());
      own.put("sign_flip_p", each.decisions().p());
      own.put("sign_flip_p_holm", each.decisionsHolm());
    }
    return json;
  }

  private static void put(ObjectNode json, Difference each) {
    json.put("metric", each.metric());
    MetricsJson.put(json, "a", each.a());
    MetricsJson.put(json, "b", each.b());
    MetricsJson.put(json, "difference", each.difference().estimate());
    MetricsJson.put(json, "low", each.difference().low());
    MetricsJson.put(json, "high", each.difference().high());
    MetricsJson.put(json, "p", each.p());
  }
}
