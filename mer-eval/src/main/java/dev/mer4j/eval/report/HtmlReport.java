package dev.mer4j.eval.report;

import static dev.mer4j.eval.chart.Escaped.escape;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.eval.Evaluation;
import dev.mer4j.eval.attribution.Deletion;
import dev.mer4j.eval.baseline.Baselines.FittedOn;
import dev.mer4j.eval.calibration.Calibration;
import dev.mer4j.eval.chart.Chart;
import dev.mer4j.eval.metric.EmotionMetrics;
import dev.mer4j.eval.metric.Metric;
import dev.mer4j.eval.metric.MultiLabelMetrics;
import dev.mer4j.eval.missing.MissingResult;
import dev.mer4j.eval.missing.RateCurve;
import dev.mer4j.eval.statistics.Bootstrap;
import dev.mer4j.eval.statistics.Interval;
import dev.mer4j.eval.statistics.Uncertainty;
import dev.mer4j.eval.study.Study;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A study as one page that needs nothing else: styles, charts and data are inside. */
final class HtmlReport {
  private static final int WORST = 12;

  private final Study study;
  private final Evaluation evaluation;
  private final Map<String, Chart> charts;
  private final List<String> contents = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();

  private HtmlReport(Study study, Map<String, Chart> charts) {
    this.study = study;
    this.evaluation = study.evaluation();
    this.charts = charts;
  }

  static String of(Study study, Map<String, Chart> charts) {
    return new HtmlReport(study, charts).page();
  }

  private String page() {
    headline();
    data();
    study.training().ifPresent(curves -> training());
    emotions();
    confusion();
    study.missing().ifPresent(this::missing);
    study.calibration().ifPresent(this::calibration);
    attribution();
    explorer();
    errors();
    String title = escape("Emotion recognition: " + evaluation.name());
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src \
        'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
        <link rel="icon" href="data:,">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        <p class="kicker">mer4j</p>
        <h1>%s</h1>
        <p class="note">%s segments of %s videos. %s</p>
        <nav aria-label="Sections">%s</nav>
        </header>
        <main>
        """
            .formatted(
                title,
                resource("report.css"),
                title,
                evaluation.segments(),
                study.uncertainty().videos(),
                evaluation.isSingleLabel()
                    ? "The model names the strongest emotion."
                    : "The model names every emotion that is present.",
                String.join("", contents))
        + body
        + "</main>\n<footer>Written by mer4j. Intervals hold "
        + Math.round(100 * Bootstrap.LEVEL)
        + " %: percentiles of "
        + study.uncertainty().resamples()
        + " resamples of whole videos.</footer>\n<script type=\"application/json\" id=\"segments\">"
        + ExplorerJson.of(study)
        + "</script>\n<script>\n"
        + resource("report.js")
        + "</script>\n</body>\n</html>\n";
  }

  private void headline() {
    begin("headline", "Result");
    Uncertainty uncertainty = study.uncertainty();
    body.append("<div class=\"tiles\">");
    tile("macro-F1", uncertainty.macroF1(), Decimal.of(evaluation.bestConstantMacroF1()));
    tile(MultiLabelMetrics.METRICS.get(1), uncertainty.balancedAccuracy());
    tile(MultiLabelMetrics.METRICS.get(2), uncertainty.averagePrecision());
    tile(MultiLabelMetrics.METRICS.get(3), uncertainty.rocAuc());
    body.append("</div>");
    end();
  }

  private void tile(Metric<MultiLabelMetrics> metric, Interval interval) {
    double floor = metric.of(evaluation.baselines().bestMultiLabel(metric).metrics());
    tile(metric.title(), interval, Decimal.of(floor));
  }

  private void tile(String name, Interval interval, String floor) {
    body.append(
        "<div class=\"tile\"><b>%s</b><span>%s</span><span>%s</span><span>constant: %s</span></div>"
            .formatted(Decimal.of(interval.estimate()), escape(name), range(interval), floor));
  }

  private void data() {
    begin("data", "Data and provenance");
    String available =
        evaluation.available().entrySet().stream()
            .map(each -> name(each.getKey()) + " " + each.getValue())
            .collect(Collectors.joining(", "));
    body.append("<dl>");
    fact("segments", evaluation.segments() + " of " + study.uncertainty().videos() + " videos");
    fact("by modalities", available);
    fact(
        "constant predictors know",
        evaluation.baselines().fittedOn() == FittedOn.TRAINING_LABELS
            ? "the training labels"
            : "the evaluated labels themselves");
    study.facts().forEach(this::fact);
    body.append("</dl>");
    end();
  }

  private void fact(String name, String value) {
    body.append("<dt>%s</dt><dd>%s</dd>".formatted(escape(name), escape(value)));
  }

  private void training() {
    begin("training", "Training");
    figures("training-loss", "validation-macro-f1");
    end();
  }

  private void emotions() {
    begin("emotions", "Emotions");
    body.append("<div class=\"grid\">");
    figure("f1-by-emotion");
    metrics();
    body.append("</div><div class=\"scroll\">");
    table(
        List.of("emotion", "F1", "95 %", "constant", "bal. acc.", "AP", "AUC", "support"),
        evaluation.multiLabel().emotions().stream().map(this::emotion).toList());
    body.append("</div>");
    end();
  }

  private void metrics() {
    body.append("<div class=\"scroll\">");
    table(
        List.of("metric", "model", "best constant", "reached by"),
        MultiLabelMetrics.METRICS.stream()
            .map(
                metric -> {
                  var floor = evaluation.baselines().bestMultiLabel(metric);
                  return List.of(
                      metric.title(),
                      Decimal.of(metric.of(evaluation.multiLabel())),
                      Decimal.of(metric.of(floor.metrics())),
                      floor.name());
                })
            .toList());
    body.append("</div>");
  }

  private List<String> emotion(EmotionMetrics each) {
    Emotion emotion = each.emotion();
    Metric<MultiLabelMetrics> f1 = MultiLabelMetrics.f1Of(emotion);
    return List.of(
        emotion.key(),
        Decimal.of(each.counts().f1()),
        range(Objects.requireNonNull(study.uncertainty().f1().get(emotion))),
        Decimal.of(f1.of(evaluation.baselines().bestMultiLabel(f1).metrics())),
        Decimal.of(each.counts().balancedAccuracy()),
        Decimal.of(each.averagePrecision()),
        Decimal.of(each.rocAuc()),
        Integer.toString(each.counts().support()));
  }

  private void confusion() {
    begin("confusion", "What is taken for what");
    note("Shares are of the row; counts below them.");
    figures("confusion-matrix", "co-occurrence");
    end();
  }

  private void missing(MissingResult missing) {
    begin("missing", "Missing modalities");
    note(
        "Masks are drawn from seed %d and each segment's id alone: the same for every model."
            .formatted(missing.seed()));
    figures("missing-fixed");
    figures("missing-modalities", "missing-steps");
    body.append("<h3>Drop against full input</h3><div class=\"scroll\">");
    table(
        List.of("available (protocol fixed)", "macro-F1", "drop", "balanced accuracy"),
        missing.fixed().rows().stream()
            .map(
                row ->
                    List.of(
                        row.available().toString(),
                        Decimal.of(row.macroF1()),
                        Decimal.of(row.drop()),
                        Decimal.of(row.balancedAccuracy())))
            .toList());
    body.append("</div>");
    for (RateCurve curve : missing.curves()) {
      body.append(
          "<h3>Protocol %s: mean height of the curve %s</h3><div class=\"scroll\">"
              .formatted(escape(curve.protocol()), Decimal.of(curve.area())));
      List<String> header = new ArrayList<>(List.of("rate"));
      List<String> f1 = new ArrayList<>(List.of("macro-F1"));
      List<String> drop = new ArrayList<>(List.of("drop"));
      for (int p = 0; p < curve.points().size(); p++) {
        header.add(Decimal.of(curve.points().get(p).rate(), 1));
        f1.add(Decimal.of(curve.macroF1(p)));
        drop.add(Decimal.of(curve.drop(p)));
      }
      table(header, List.of(f1, drop));
      body.append("</div>");
    }
    end();
  }

  private void calibration(Calibration calibration) {
    begin("calibration", "Calibration");
    note(
        "Temperatures were fitted on %d validation segments, of other videos than these."
            .formatted(calibration.fittedOn()));
    body.append("<div class=\"grid\">");
    figure("calibration");
    body.append("<div class=\"scroll\">");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "all",
            "",
            Decimal.of(calibration.before().ece()),
            Decimal.of(calibration.after().ece())));
    calibration
        .emotions()
        .forEach(
            each ->
                rows.add(
                    List.of(
                        each.emotion().key(),
                        Decimal.of(calibration.temperatures().of(each.emotion()), 2),
                        Decimal.of(each.before().ece()),
                        Decimal.of(each.after().ece()))));
    table(List.of("emotion", "temperature", "ECE", "ECE calibrated"), rows);
    body.append("</div></div>");
    end();
  }

  private void attribution() {
    begin("attribution", "Which modality counts");
    study
        .attributions()
        .warnings()
        .forEach(text -> body.append("<p class=\"warning\">%s</p>".formatted(escape(text))));
    body.append("<div class=\"grid\">");
    figure("attribution");
    deletion();
    body.append("</div>");
    body.append("<div class=\"scroll\">");
    table(
        List.of("emotion", "modality", "size", "towards truth", "when right", "when wrong"),
        study.attributions().shares().stream()
            .map(
                share ->
                    List.of(
                        share.emotion().key(),
                        share.modality().key(),
                        Decimal.of(share.magnitude(), 2),
                        Decimal.signed(share.towardsTruth(), 2),
                        Decimal.of(share.whenRight(), 2),
                        Decimal.of(share.whenWrong(), 2)))
            .toList());
    body.append("</div>");
    end();
  }

  private void deletion() {
    if (study.attributions().deletion().isEmpty()) {
      return;
    }
    body.append("<div class=\"scroll\"><h3>Check: each segment loses one modality</h3>");
    note(
        "If a ranking tells the truth, losing its first changes the answers most and raises the"
            + " loss most.");
    List<List<String>> rows = new ArrayList<>();
    for (Deletion check : study.attributions().deletion()) {
      for (Deletion.Removed removed : check.removed()) {
        rows.add(
            List.of(
                (check.ranking() == Deletion.Ranking.SHAPLEY ? "Shapley" : "attention")
                    + ", rank "
                    + removed.rank(),
                Decimal.of(removed.change()),
                Decimal.of(removed.loss()),
                Decimal.signed(removed.loss() - check.loss())));
      }
    }
    table(List.of("lost", "answers change by", "loss", "more by"), rows);
    double agreement = study.attributions().agreement();
    if (!Double.isNaN(agreement)) {
      body.append(
          "<p class=\"note\">Attention names the modality with the largest Shapley values in %s %% of the segments.</p>"
              .formatted(Decimal.of(100 * agreement, 1)));
    }
    body.append("</div>");
  }

  private void explorer() {
    begin("explorer", "Segments");
    String options =
        Arrays.stream(Emotion.values())
            .map(
                emotion ->
                    "<option value=\"%s\">annotated: %s</option>"
                        .formatted(emotion.key(), emotion.key()))
            .collect(Collectors.joining());
    body.append(
        """
        <div class="explorer">
        <div><div class="controls">
        <input id="search" type="search" placeholder="Find an id" aria-label="Find an id">
        <select id="filter" aria-label="Which segments">
        <option value="all">all segments</option><option value="wrong">with a wrong answer</option>
        <option value="right">all answers right</option>
        <option value="disagree">attention and Shapley disagree</option>%s</select>
        <span class="note" id="found"></span></div>
        <div id="list"></div></div>
        <div id="shown"></div>
        </div>
        """
            .formatted(options));
    end();
  }

  private void errors() {
    begin("errors", "Worst errors");
    body.append(
        "<div class=\"scroll\"><table><thead><tr><th>segment</th><th>emotion</th><th>annotated</th>"
            + "<th>probability</th><th>misled most by</th></tr></thead><tbody>");
    for (WorstErrors.WrongAnswer wrong : WorstErrors.of(study.attributions(), WORST)) {
      body.append(
          ("<tr><td class=\"wrap\"><button type=\"button\" class=\"row\" data-segment=\"%d\">%s</button></td>"
                  + "<td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>")
              .formatted(
                  wrong.row(),
                  escape(wrong.segment()),
                  wrong.emotion().key(),
                  wrong.present() ? "present" : "absent",
                  Decimal.of(wrong.probability(), 2),
                  wrong.misled().map(modality -> modality.key()).orElse("-")));
    }
    body.append("</tbody></table></div>");
    end();
  }

  private void begin(String id, String title) {
    contents.add("<a href=\"#%s\">%s</a>".formatted(id, escape(title)));
    body.append("<section id=\"%s\"><h2>%s</h2>".formatted(id, escape(title)));
  }

  private void end() {
    body.append("</section>\n");
  }

  private void note(String text) {
    body.append("<p class=\"note\">%s</p>".formatted(escape(text)));
  }

  private void figures(String... names) {
    body.append("<div class=\"grid\">");
    Arrays.stream(names).forEach(this::figure);
    body.append("</div>");
  }

  private void figure(String name) {
    Chart chart = Objects.requireNonNull(charts.get(name), name);
    body.append(
        "<figure><figcaption>%s</figcaption>%s</figure>"
            .formatted(escape(chart.title()), chart.svg()));
  }

  private void table(List<String> header, List<List<String>> rows) {
    body.append("<table><thead><tr>");
    header.forEach(cell -> body.append("<th>").append(escape(cell)).append("</th>"));
    body.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      body.append("<tr>");
      row.forEach(cell -> body.append("<td>").append(escape(cell)).append("</td>"));
      body.append("</tr>");
    }
    body.append("</tbody></table>");
  }

  private static String range(Interval interval) {
    return Decimal.of(interval.low()) + " to " + Decimal.of(interval.high());
  }

  private static String name(ModalitySet set) {
    return set.isEmpty() ? "none" : set.toString();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of this jar can be read", e);
    }
  }
}
