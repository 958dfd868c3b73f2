package dev.mer4j.report;

import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.attribution.Attributions.Share;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.calibration.Reliability;
import dev.mer4j.eval.metric.LabeledPrediction;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.study.Study;
import dev.mer4j.eval.study.TrainingCurves;
import dev.mer4j.report.internal.chart.BarChart;
import dev.mer4j.report.internal.chart.Chart;
import dev.mer4j.report.internal.chart.ChartColor;
import dev.mer4j.report.internal.chart.HeatMap;
import dev.mer4j.report.internal.chart.LineChart;
import dev.mer4j.report.internal.table.Decimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Creates the charts of a report, by file name. */
final class Charts {
  /** Names of the charts of a training run. */
  static final List<String> TRAINING = List.of("training-loss", "validation-macro-f1");

  private Charts() {}

  static Map<String, Chart> of(Evaluation evaluation) {
    Map<String, Chart> charts = new LinkedHashMap<>();
    charts.put("f1-by-emotion", f1(evaluation, Optional.empty()));
    charts.put("confusion-matrix", confusion(evaluation));
    return charts;
  }

  static Map<String, Chart> of(Study study) {
    Evaluation evaluation = study.evaluation();
    Map<String, Chart> charts = new LinkedHashMap<>();
    charts.put("f1-by-emotion", f1(evaluation, Optional.of(study.uncertainty())));
    charts.put("confusion-matrix", confusion(evaluation));
    charts.put("co-occurrence", coOccurrence(study));
    study.training().ifPresent(curves -> charts.putAll(of(curves)));
    study.missing().ifPresent(missing -> missing(missing, charts));
    study.calibration().ifPresent(each -> charts.put("calibration", calibration(each)));
    charts.put("attribution", attribution(study.attributions()));
    if (!study.attributions().terms().isEmpty()) {
      charts.put("terms", TermCharts.of(study.attributions().terms()));
    }
    return charts;
  }

  private static Chart f1(Evaluation evaluation, Optional<Uncertainty> uncertainty) {
    // The intervals are those of the multi-label decisions.
    boolean whiskers = !evaluation.isSingleLabel();
    List<String> classes = evaluation.scheme().classes();
    BarChart.Series model =
        new BarChart.Series(
            "model",
            ChartColor.ACCENT,
            of(classes, evaluation::f1),
            uncertainty
                .filter(u -> whiskers)
                .map(u -> u.f1().values().stream().map(each -> each.low()).toList())
                .orElse(List.of()),
            uncertainty
                .filter(u -> whiskers)
                .map(u -> u.f1().values().stream().map(each -> each.high()).toList())
                .orElse(List.of()));
    return new BarChart(
        "F1 by emotion: " + evaluation.name(),
        classes,
        List.of(model),
        of(classes, evaluation::bestConstantF1),
        true);
  }

  private static Chart confusion(Evaluation evaluation) {
    SingleLabelMetrics metrics = evaluation.singleLabel();
    List<String> classes = metrics.classes();
    List<HeatMap.Row> rows = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      rows.add(
          row(
              classes.get(label),
              metrics.confusion().rows().get(label),
              metrics.counts(label).support()));
    }
    return new HeatMap(
        "Confusion matrix: labeled and most probable class",
        "label \u2193  predicted \u2192",
        classes,
        rows);
  }

  private static Chart coOccurrence(Study study) {
    List<LabeledPrediction> predictions = LabeledPrediction.of(study.predictions());
    List<String> classes = study.predictions().scheme().classes();
    List<HeatMap.Row> rows = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      int label = c;
      List<LabeledPrediction> having =
          predictions.stream().filter(each -> each.present(label)).toList();
      rows.add(
          row(
              classes.get(label),
              IntStream.range(0, classes.size())
                  .mapToObj(p -> (int) having.stream().filter(each -> each.predicted(p)).count())
                  .toList(),
              having.size()));
    }
    return new HeatMap(
        "Predicted emotions of segments that have an emotion",
        "label \u2193  predicted \u2192",
        classes,
        rows);
  }

  private static HeatMap.Row row(String name, List<Integer> counts, int of) {
    return new HeatMap.Row(
        name,
        counts.stream()
            .map(
                count -> {
                  double share = of == 0 ? 0 : (double) count / of;
                  String percent = of == 0 ? "-" : Decimal.of(100 * share, 0) + " %";
                  return new HeatMap.Cell(share, percent, Integer.toString(count));
                })
            .toList());
  }

  static Map<String, Chart> of(TrainingCurves curves) {
    Map<String, Chart> charts = new LinkedHashMap<>();
    charts.put(
        "training-loss",
        new LineChart(
            "Loss",
            "epoch",
            List.of(
                line("training (nats)", ChartColor.ACCENT, curves.epochs(), curves.loss()),
                line(
                    "validation (unweighted, nats)",
                    ChartColor.INK,
                    curves.epochs(),
                    curves.validLoss())),
            false));
    charts.put(
        "validation-macro-f1",
        new LineChart(
            "Macro-F1 on validation",
            "epoch",
            List.of(line("macro-F1", ChartColor.ACCENT, curves.epochs(), curves.validMacroF1())),
            false));
    return charts;
  }

  private static void missing(MissingResult missing, Map<String, Chart> charts) {
    List<String> columns = new ArrayList<>(List.of("macro"));
    List<HeatMap.Row> rows = new ArrayList<>();
    List<String> classes = List.of();
    for (Map.Entry<ModalitySet, Evaluation> each : missing.fixed().evaluations().entrySet()) {
      List<HeatMap.Cell> cells = new ArrayList<>();
      cells.add(cell(each.getValue().macroF1()));
      classes = each.getValue().scheme().classes();
      for (double f1 : of(classes, each.getValue()::f1)) {
        cells.add(cell(f1));
      }
      rows.add(new HeatMap.Row(each.getKey().toString(), cells));
    }
    columns.addAll(classes);
    charts.put(
        "missing-fixed", new HeatMap("F1 by available modalities", "available", columns, rows));
    charts.put("missing-modalities", curve("Modalities missing at random", missing.modalities()));
    charts.put("missing-steps", curve("Steps erased inside each modality", missing.steps()));
  }

  private static HeatMap.Cell cell(double f1) {
    return new HeatMap.Cell(Double.isNaN(f1) ? 0 : f1, Decimal.of(f1, 2), "");
  }

  private static Chart curve(String title, RateCurve curve) {
    List<Double> shares = curve.points().stream().map(RateCurve.Point::missing).toList();
    double floor = curve.points().get(0).evaluation().bestConstantMacroF1();
    return new LineChart(
        title,
        "share missing",
        List.of(
            line(
                "macro-F1",
                ChartColor.ACCENT,
                shares,
                IntStream.range(0, shares.size()).mapToObj(curve::macroF1).toList()),
            new LineChart.Series(
                "best constant predictor",
                ChartColor.FLOOR,
                List.of(0.0, shares.get(shares.size() - 1)),
                List.of(floor, floor),
                true)),
        false);
  }

  private static Chart calibration(Calibration calibration) {
    return new LineChart(
        "Reliability diagram, all emotions together",
        "predicted probability",
        List.of(
            new LineChart.Series(
                "perfectly calibrated",
                ChartColor.FLOOR,
                List.of(0.0, 1.0),
                List.of(0.0, 1.0),
                true),
            reliability("uncalibrated", ChartColor.MUTED, calibration.before()),
            reliability("calibrated", ChartColor.ACCENT, calibration.after())),
        true);
  }

  private static LineChart.Series reliability(
      String name, ChartColor tone, Reliability reliability) {
    List<Reliability.Bin> filled =
        reliability.bins().stream().filter(bin -> bin.count() > 0).toList();
    return line(
        name,
        tone,
        filled.stream().map(Reliability.Bin::probability).toList(),
        filled.stream().map(Reliability.Bin::frequency).toList());
  }

  private static Chart attribution(Attributions attributions) {
    List<Share> shares = attributions.shares();
    List<BarChart.Series> series = new ArrayList<>();
    List<Modality> modalities = shares.stream().map(Share::modality).distinct().sorted().toList();
    for (Modality modality : modalities) {
      List<Double> values =
          shares.stream()
              .filter(share -> share.modality().equals(modality))
              .map(Share::magnitude)
              .toList();
      if (!values.isEmpty()) {
        series.add(
            new BarChart.Series(
                modality.key(), ChartColor.of(modality, modalities), values, List.of(), List.of()));
      }
    }
    return new BarChart(
        "Mean absolute Shapley value of each modality",
        attributions.predictions().scheme().classes(),
        series,
        List.of(),
        false);
  }

  private static List<Double> of(List<String> classes, IntToDoubleFunction value) {
    return IntStream.range(0, classes.size()).mapToDouble(value).boxed().toList();
  }

  private static LineChart.Series line(
      String name, ChartColor tone, List<Double> x, List<Double> y) {
    return new LineChart.Series(name, tone, x, y, false);
  }
}
