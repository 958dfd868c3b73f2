package dev.mer4j.data.inspect;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Split;
import dev.mer4j.file.FileMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An inspection as one HTML page that needs no other file, on a screen, a phone or paper. */
public final class InspectionPage {
  private static final String GENERATOR = "<meta name=\"generator\" content=\"mer4j inspect\">";

  /** How to tell these pages: by their generator. */
  public static final FileMark MARK = FileMark.contains(GENERATOR);

  private static final int FAULTS_SHOWN = 50;
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --text: #1d2733; --faint: #64707d; --line: #d9dfe5;
        --page: #fff; --panel: #f5f7f9; --bar: #2f6f9f; --mark: #b3401f; }
      @media (prefers-color-scheme: dark) {
        :root { --text: #e4e9ee; --faint: #9aa7b4; --line: #35404b; --page: #14191f;
          --panel: #1c232b; --bar: #6fb1dd; --mark: #f0926f; } }
      * { box-sizing: border-box; }
      body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 64rem; background: var(--page);
        color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.6rem; margin: 0 0 .25rem; }
      h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; }
      p { color: var(--faint); margin: 0 0 1rem; overflow-wrap: anywhere; }
      .verdicts { background: var(--panel); border-left: 4px solid var(--mark); padding: .8rem 1rem; }
      ul { margin: 0; padding-left: 1.2rem; }
      li { margin: .25rem 0; overflow-wrap: anywhere; }
      .wide { overflow-x: auto; }
      table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
      th, td { padding: .3rem .8rem .3rem 0; text-align: right; white-space: nowrap;
        border-bottom: 1px solid var(--line); }
      th:first-child, .words { text-align: left; }
      thead th { color: var(--faint); font-weight: 600; }
      .charts { display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); }
      figure { margin: 0; break-inside: avoid; }
      figcaption { font-size: .875rem; font-weight: 600; margin-bottom: .2rem; }
      svg { width: 100%; height: auto; display: block; }
      svg rect { fill: var(--bar); }
      svg text { fill: var(--faint); font-size: 11px; }
      svg .axis { stroke: var(--line); }
      svg line.mark { stroke: var(--mark); stroke-width: 1.5; stroke-dasharray: 4 3; }
      svg text.mark { fill: var(--mark); }
      @media print {
        :root { color-scheme: light; --text: #1d2733; --faint: #64707d; --line: #d9dfe5;
          --page: #fff; --panel: #f5f7f9; --bar: #2f6f9f; --mark: #b3401f; }
        body { max-width: none; padding: 0; font-size: 11px; print-color-adjust: exact; }
        h1 { font-size: 1.5rem; } h2 { margin-top: 1.4rem; break-after: avoid; }
        .charts { grid-template-columns: 1fr 1fr; gap: .8rem; } li, tr { break-inside: avoid; }
        table { font-size: 8.5px; } th, td { padding-right: .5rem; } .wide { overflow: visible; } }
      """;

  private InspectionPage() {}

  /**
   * Returns the page.
   *
   * @param steps that a model reads at most, to be marked
   */
  public static String of(Inspection inspection, int steps) {
    Html page = new Html();
    page.raw("<!doctype html>").raw("<html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.raw(GENERATOR);
    page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.raw("<title>Data quality</title><style>" + STYLE + "</style></head><body>");
    LabelReport labels = inspection.labels();
    page.raw("<h1>Data quality</h1>");
    page.paragraph(
        String.format(
            Locale.ROOT,
            "%,d videos, %,d segments of %.1f s (median); %,d overlap the one before, %,d start"
                + " before 0 s, %,d videos are not in the order of time.",
            labels.videos(),
            labels.segments(),
            labels.seconds().median(),
            labels.overlapping(),
            labels.negativeStarts(),
            labels.unsortedVideos()));
    page.raw("<section class=\"verdicts\">").list(inspection.verdicts()).raw("</section>");
    page.heading("Distributions").raw("<div class=\"charts\">");
    charts(inspection, steps).forEach(chart -> page.raw(chart.toSvg()));
    page.raw("</div>");
    for (InspectionTable table : InspectionTable.of(inspection)) {
      if (!table.rows().isEmpty()) {
        page.heading(table.title()).table(table.header(), table.rows());
      }
    }
    if (!inspection.faults().isEmpty()) {
      page.heading("Entries that cannot be used");
      page.paragraph(
          String.format(
              Locale.ROOT,
              "%d in all%s",
              inspection.faults().size(),
              inspection.faults().size() > FAULTS_SHOWN ? ", the first of them:" : ":"));
      page.list(
          inspection.faults().stream()
              .limit(FAULTS_SHOWN)
              .map(fault -> fault.file() + ": " + fault.problem())
              .toList());
    }
    return page.raw("</body></html>").toString();
  }

  private static List<BarChart> charts(Inspection inspection, int steps) {
    List<BarChart> charts = new ArrayList<>();
    LabelReport labels = inspection.labels();
    charts.add(BarChart.of("Seconds per segment", labels.durations(), "s", -1, ""));
    inspection
        .features()
        .forEach(
            (modality, report) ->
                charts.add(
                    BarChart.of(
                        "Steps of " + modality.key() + " per segment",
                        report.lengths(),
                        "steps",
                        steps,
                        steps + " steps")));
    for (Map.Entry<Split, FoldReport.Counts> split : inspection.folds().counts().entrySet()) {
      charts.add(positives(split.getKey(), split.getValue()));
    }
    inspection
        .features()
        .forEach(
            (modality, report) -> {
              if (!report.columnFaults().isEmpty()) {
                charts.add(columns(modality.key(), report));
              }
            });
    return charts;
  }

  private static BarChart positives(Split split, FoldReport.Counts counts) {
    List<BarChart.Bar> bars = new ArrayList<>();
    for (Emotion emotion : Emotion.values()) {
      int positives = counts.positives().getOrDefault(emotion, 0);
      bars.add(new BarChart.Bar(emotion.key(), positives));
    }
    return new BarChart("Segments that show an emotion, " + split.key(), "", "", bars, -1, "");
  }

  private static BarChart columns(String modality, FeatureReport report) {
    int last = report.columnFaults().stream().mapToInt(ColumnFaults::column).max().orElse(0);
    long[] totals = new long[last + 1];
    report.columnFaults().forEach(column -> totals[column.column()] = column.total());
    List<BarChart.Bar> bars = new ArrayList<>();
    for (int column = 0; column <= last; column++) {
      bars.add(new BarChart.Bar("column " + column + ": " + totals[column], totals[column]));
    }
    return new BarChart(
        "Values of " + modality + " that are no numbers, by column",
        "column 0",
        "column " + last,
        bars,
        -1,
        "");
  }
}
