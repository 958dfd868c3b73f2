package dev.mer4j.report.internal.page;

import com.google.common.collect.Lists;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Split;
import dev.mer4j.data.inspect.ColumnFaults;
import dev.mer4j.data.inspect.FeatureReport;
import dev.mer4j.data.inspect.FoldReport;
import dev.mer4j.data.inspect.Histogram;
import dev.mer4j.data.inspect.Inspection;
import dev.mer4j.data.inspect.LabelReport;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.file.FileMark;
import dev.mer4j.report.internal.chart.BarChart;
import dev.mer4j.report.internal.chart.Chart;
import dev.mer4j.report.internal.chart.ChartColor;
import dev.mer4j.report.internal.chart.HistogramChart;
import dev.mer4j.report.internal.table.InspectionTable;
import dev.mer4j.report.internal.table.InspectionTable.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes an inspection as one self-contained HTML page for screen, phone and paper. */
public final class InspectionPage {
  /** Identifies these pages by their generator. */
  public static final FileMark MARK = FileMark.contains(Page.generator("inspect"));

  private static final int FAULTS_SHOWN = 50;

  private InspectionPage() {}

  /**
   * Returns the page.
   *
   * @param steps the maximum number of steps of a model, which is marked
   */
  public static String of(Inspection inspection, int steps) {
    String summary = summary(inspection.labels());
    List<Section> sections = new ArrayList<>();
    sections.add(new Section("verdicts", "Findings", new Html().list(inspection.findings())));
    sections.add(new Section("distributions", "Distributions", figures(charts(inspection, steps))));
    sections.add(tables("files", "Files", inspection, Subject.FILES));
    sections.add(tables("features", "Features", inspection, Subject.FEATURES));
    sections.add(tables("labels", "Labels", inspection, Subject.LABELS));
    if (!inspection.faults().isEmpty()) {
      sections.add(faults(inspection.faults()));
    }
    return Page.of("inspect", "Data quality", summary, sections, "");
  }

  private static String summary(LabelReport labels) {
    return hasTimes(labels)
        ? String.format(
            Locale.ROOT,
            "%,d videos, %,d segments of %.1f s (median); %,d overlap their predecessor, %,d"
                + " start before 0 s; %,d videos are not in chronological order.",
            labels.videos(),
            labels.segments(),
            labels.seconds().median(),
            labels.overlapping(),
            labels.negativeStarts(),
            labels.unsortedVideos())
        : String.format(
            Locale.ROOT,
            "%,d videos, %,d segments without times.",
            labels.videos(),
            labels.segments());
  }

  private static boolean hasTimes(LabelReport labels) {
    return labels.seconds().max() > 0;
  }

  /** Places two charts per row, so that a printed page can break between rows. */
  private static Html figures(List<Chart> charts) {
    Html body = new Html();
    for (List<Chart> row : Lists.partition(charts, 2)) {
      // A single chart in a row is no wider than the others.
      Html second = row.size() > 1 ? new Html().figure(row.get(1)) : new Html();
      body.beside(new Html().figure(row.get(0)), second);
    }
    return body;
  }

  private static Section tables(String id, String title, Inspection inspection, Subject subject) {
    Html body = new Html();
    InspectionTable.of(inspection).stream()
        .filter(each -> each.subject() == subject)
        .forEach(
            each -> {
              if (subject != Subject.FILES) {
                body.title(each.title());
              }
              body.table(each.table());
            });
    return new Section(id, title, body);
  }

  private static Section faults(List<EntryFault> faults) {
    String note =
        String.format(
            Locale.ROOT,
            faults.size() > FAULTS_SHOWN ? "%,d in total, the first of them:" : "%,d in total:",
            faults.size());
    return new Section(
        "faults",
        "Unusable entries",
        new Html()
            .note(note)
            .list(
                faults.stream()
                    .limit(FAULTS_SHOWN)
                    .map(fault -> fault.file() + ": " + fault.problem())
                    .toList()));
  }

  private static List<Chart> charts(Inspection inspection, int steps) {
    List<Chart> charts = new ArrayList<>();
    if (hasTimes(inspection.labels())) {
      charts.add(
          histogram("Seconds per segment", inspection.labels().durations(), "seconds", List.of()));
    }
    HistogramChart.Mark cut = new HistogramChart.Mark(steps, steps + " steps");
    inspection
        .features()
        .forEach(
            (modality, report) ->
                charts.add(
                    histogram(
                        "Steps of " + modality.key() + " per segment",
                        report.lengths(),
                        "steps",
                        List.of(cut))));
    inspection.folds().counts().forEach((split, counts) -> charts.add(positives(split, counts)));
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

  private static Chart histogram(
      String title, Histogram histogram, String unit, List<HistogramChart.Mark> marks) {
    double width = histogram.binWidth();
    int last = histogram.counts().size() - 1;
    List<HistogramChart.Bar> bars = new ArrayList<>();
    for (int bin = 0; bin <= last; bin++) {
      int count = histogram.counts().get(bin);
      String range =
          number(bin * width) + (bin == last ? " and more" : "-" + number((bin + 1) * width));
      bars.add(
          new HistogramChart.Bar(
              count, String.format(Locale.ROOT, "%s %s: %,d", range, unit, count)));
    }
    String xTitle = unit + "; the last bar: " + number(last * width) + " and more";
    return new HistogramChart(title, xTitle, 0, width, bars, marks);
  }

  private static Chart positives(Split split, FoldReport.Counts counts) {
    List<String> names = new ArrayList<>();
    List<Double> positives = new ArrayList<>();
    for (Emotion emotion : counts.positives().keySet()) {
      names.add(emotion.key());
      positives.add((double) counts.positives().getOrDefault(emotion, 0));
    }
    return new BarChart(
        "Segments that show an emotion, " + split.key(),
        names,
        List.of(
            new BarChart.Series("segments", ChartColor.ACCENT, positives, List.of(), List.of())),
        List.of(),
        false);
  }

  /** Returns a bar for each column up to the last one with invalid values. */
  private static Chart columns(String modality, FeatureReport report) {
    int last = report.columnFaults().stream().mapToInt(ColumnFaults::column).max().orElse(0);
    long[] totals = new long[last + 1];
    report.columnFaults().forEach(column -> totals[column.column()] = column.total());
    List<HistogramChart.Bar> bars = new ArrayList<>();
    for (int column = 0; column <= last; column++) {
      String tip = String.format(Locale.ROOT, "column %d: %,d", column, totals[column]);
      bars.add(new HistogramChart.Bar(totals[column], tip));
    }
    return new HistogramChart(
        "Values of " + modality + " that are not finite, by column",
        "column",
        -0.5,
        1,
        bars,
        List.of());
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value == Math.rint(value) || value >= 100 ? "%,.0f" : "%.1f", value);
  }
}
