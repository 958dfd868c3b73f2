package dev.mer4j.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.eval.benchmark.BenchmarkResult;
import dev.mer4j.eval.benchmark.BenchmarkResult.Row;
import dev.mer4j.eval.benchmark.GradientBalance;
import dev.mer4j.eval.benchmark.ModalityBalance;
import dev.mer4j.eval.statistics.GroupCount;
import dev.mer4j.eval.statistics.Interval;
import dev.mer4j.file.FileMark;
import dev.mer4j.report.Block.Grid;
import dev.mer4j.report.Block.Heading;
import dev.mer4j.report.Block.Paragraph;
import dev.mer4j.report.internal.table.Decimal;
import dev.mer4j.report.internal.table.StudyTables;
import dev.mer4j.report.internal.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports the scores of one system in the missing-modality benchmark. */
public final class BenchmarkReport {
  /** Identifies files of {@link #json}. */
  public static final FileMark MARK =
      FileMark.json(Set.of("benchmark", "constant_macro_f1", "conditions"));

  private BenchmarkReport() {}

  /**
   * Returns one table with a row per condition.
   *
   * @param system the name of the system
   * @param modalities the modalities of the data set
   */
  public static Document of(String system, BenchmarkResult result, ModalitySet modalities) {
    return of(system, result, modalities, null);
  }

  /**
   * Returns the same with the balance of the gradients in the system's training.
   *
   * @param gradients null if unknown
   */
  public static Document of(
      String system,
      BenchmarkResult result,
      ModalitySet modalities,
      @Nullable GradientBalance gradients) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Heading(1, "Missing-modality benchmark: " + system));
    blocks.add(new Paragraph(summary(result)));
    blocks.add(
        new Grid(
            new TextTable(
                List.of(
                    "condition",
                    "missing",
                    "macro-F1",
                    "low",
                    "high",
                    "drop",
                    "constant",
                    "balanced accuracy",
                    "average precision",
                    "masks"),
                result.rows().stream().map(row -> cells(result, row)).toList())));
    if (!result.areas().isEmpty()) {
      blocks.add(
          new Paragraph(
              "Area under macro-F1 from full input to the highest rate, divided by its width: "
                  + result.areas().entrySet().stream()
                      .map(each -> each.getKey().key() + " " + Decimal.of(each.getValue()))
                      .collect(Collectors.joining(", "))
                  + "."));
    }
    result.balance(modalities).ifPresent(each -> blocks.add(new Paragraph(balance(each))));
    if (gradients != null) {
      blocks.add(new Paragraph(balance(gradients)));
    }
    if (!result.omitted().isEmpty()) {
      blocks.add(
          new Paragraph(
              "Omitted, because there are no predictions: "
                  + String.join(", ", result.omitted())
                  + "."));
    }
    return new Document(blocks);
  }

  private static String summary(BenchmarkResult result) {
    Row full = result.rows().get(0);
    boolean complete =
        result.rows().stream().allMatch(row -> row.intervals().macroF1().isDefined());
    return String.format(
        Locale.ROOT,
        "%d labeled segments of %s; seed %d of the masks. Macro-F1 of positives with 95 %%"
            + " confidence intervals from the jackknife over %s; drops are relative to full"
            + " input; constant is the best predictor that ignores its input; masks are the first"
            + " digits of their SHA-256.%s",
        result.segments(),
        full.intervals().groups(),
        result.seed(),
        full.intervals().groups().plural(),
        StudyTables.caveats(full.intervals().groups(), complete));
  }

  private static List<String> cells(BenchmarkResult result, Row row) {
    Interval macroF1 = row.intervals().macroF1();
    return List.of(
        row.condition().name(),
        Decimal.of(row.missing()),
        Decimal.of(row.macroF1()),
        Decimal.of(macroF1.low()),
        Decimal.of(macroF1.high()),
        Decimal.of(result.drop(row)),
        Decimal.of(result.constant()),
        Decimal.of(row.metrics().balancedAccuracy()),
        Decimal.of(row.averagePrecision()),
        row.sha256().substring(0, 8));
  }

  private static String balance(ModalityBalance balance) {
    List<String> contributions = new ArrayList<>();
    balance
        .contributions()
        .forEach((each, value) -> contributions.add(each.key() + " " + Decimal.signed(value)));
    return String.format(
        Locale.ROOT,
        "Modality balance: %s (1 if all modalities contribute equally to macro-F1, 0 if only one"
            + " does). Contributions above the constant predictor: %s.",
        Decimal.of(balance.balance()),
        String.join(", ", contributions));
  }

  private static String balance(GradientBalance balance) {
    List<String> norms = new ArrayList<>();
    balance.norms().forEach((each, norm) -> norms.add(each.key() + " " + Decimal.of(norm)));
    return String.format(
        Locale.ROOT,
        "Gradient balance: %s (1 if the gradients of all encoders had equal norms in training, 0 if"
            + " only one had any). Mean norms: %s.",
        Decimal.of(balance.balance()),
        String.join(", ", norms));
  }

  /** Returns the same with all digits, and with the intervals of all metrics. */
  public static ObjectNode json(String system, BenchmarkResult result, ModalitySet modalities) {
    return json(system, result, modalities, null);
  }

  /**
   * Returns the same with the balance of the gradients in the system's training.
   *
   * @param gradients null if unknown
   */
  public static ObjectNode json(
      String system,
      BenchmarkResult result,
      ModalitySet modalities,
      @Nullable GradientBalance gradients) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("benchmark", "missing modalities");
    json.put("system", system);
    json.put("seed", result.seed());
    json.put("segments", result.segments());
    GroupCount groups = result.rows().get(0).intervals().groups();
    json.put(groups.plural(), groups.count());
    json.put("constant_macro_f1", result.constant());
    ObjectNode conditions = json.putObject("conditions");
    for (Row row : result.rows()) {
      put(conditions.putObject(row.condition().name()), result, row);
    }
    ObjectNode areas = json.putObject("areas");
    result.areas().forEach((each, area) -> MetricsJson.put(areas, each.key(), area));
    result
        .balance(modalities)
        .ifPresent(
            each -> {
              ObjectNode own = json.putObject("modality_balance");
              MetricsJson.put(own, "balance", each.balance());
              put(own.putObject("contributions"), each.contributions());
            });
    if (gradients != null) {
      ObjectNode own = json.putObject("gradient_balance");
      MetricsJson.put(own, "balance", gradients.balance());
      put(own.putObject("norms"), gradients.norms());
    }
    ArrayNode omitted = json.putArray("omitted");
    result.omitted().forEach(omitted::add);
    return json;
  }

  private static void put(ObjectNode json, BenchmarkResult result, Row row) {
    json.put("protocol", row.condition().protocol().key());
    if (row.condition().protocol().hasCurve()) {
      json.put("rate", row.condition().rate());
    }
    json.put("missing", row.missing());
    json.put("masks_sha256", row.sha256());
    put(json.putObject("macro_f1"), row.macroF1(), row.intervals().macroF1());
    MetricsJson.put(json, "drop", result.drop(row));
    put(
        json.putObject("balanced_accuracy"),
        row.metrics().balancedAccuracy(),
        row.intervals().balancedAccuracy());
    if (row.hasProbabilities()) {
      put(
          json.putObject("average_precision"),
          row.averagePrecision(),
          row.intervals().averagePrecision());
      put(json.putObject("roc_auc"), row.metrics().rocAuc(), row.intervals().rocAuc());
    }
    ObjectNode f1 = json.putObject("f1");
    row.intervals()
        .f1()
        .forEach(
            (emotion, each) ->
                put(f1.putObject(emotion.key()), row.metrics().of(emotion).counts().f1(), each));
  }

  private static void put(ObjectNode json, PerModality<Double> values) {
    values.forEach((modality, value) -> MetricsJson.put(json, modality.key(), value));
  }

  private static void put(ObjectNode json, double estimate, Interval interval) {
    MetricsJson.put(json, "estimate", estimate);
    MetricsJson.put(json, "low", interval.low());
    MetricsJson.put(json, "high", interval.high());
  }
}
