package dev.mer4j.report.internal.table;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.Split;
import dev.mer4j.data.inspect.FeatureReport;
import dev.mer4j.data.inspect.FoldReport;
import dev.mer4j.data.inspect.Inspection;
import dev.mer4j.data.inspect.LabelReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A table of an inspection.
 *
 * @param subject the subject of the table
 */
public record InspectionTable(Subject subject, String title, TextTable table) {
  private static final int COLUMNS_SHOWN = 8;

  /** The subject of a table. */
  public enum Subject {
    FILES,
    FEATURES,
    LABELS
  }

  /** Returns all tables of an inspection that have a row. */
  public static List<InspectionTable> of(Inspection inspection) {
    return Stream.of(
            files(inspection),
            values(inspection),
            lengths(inspection),
            columns(inspection),
            folds(inspection),
            labels(inspection.labels()))
        .filter(each -> !each.table().rows().isEmpty())
        .toList();
  }

  private static InspectionTable files(Inspection inspection) {
    return table(
        Subject.FILES,
        "Files",
        List.of("file of", "file", "root", "MB", "videos", "rows", "width", "type", "layout"),
        inspection.files().stream()
            .map(
                file ->
                    List.of(
                        file.role(),
                        file.file(),
                        file.root(),
                        String.format(Locale.ROOT, "%,.1f", file.bytes() / 1e6),
                        count(file.videos()),
                        count(file.rows()),
                        count(file.width()),
                        file.type(),
                        file.layout()))
            .toList());
  }

  private static InspectionTable values(Inspection inspection) {
    return perModality(
        inspection,
        "Values",
        List.of(
            "modality",
            "lacking",
            "values",
            "NaN",
            "+Inf",
            "-Inf",
            "extreme",
            "min",
            "max",
            "zero rows",
            "stretches",
            "longest"),
        report ->
            List.of(
                count(report.segmentsWithout()),
                count(report.values()),
                count(report.nan()),
                count(report.positiveInfinite()),
                count(report.negativeInfinite()),
                count(report.extreme()),
                String.format(Locale.ROOT, "%.4g", report.min()),
                String.format(Locale.ROOT, "%.4g", report.max()),
                count(report.zeroRows()),
                count(report.zeroStretches()),
                count(report.longestZeroStretch())));
  }

  private static InspectionTable lengths(Inspection inspection) {
    return perModality(
        inspection,
        "Steps per segment",
        List.of("modality", "median", "90 %", "99 %", "maximum", "truncated", "steps removed"),
        report ->
            List.of(
                count((long) report.steps().median()),
                count((long) report.steps().p90()),
                count((long) report.steps().p99()),
                count((long) report.steps().max()),
                count(report.segmentsCut()),
                String.format(Locale.ROOT, "%.1f %%", 100 * report.stepsLost())));
  }

  private static InspectionTable columns(Inspection inspection) {
    List<List<String>> rows = new ArrayList<>();
    inspection
        .features()
        .forEach(
            (modality, report) ->
                report.columnFaults().stream()
                    .limit(COLUMNS_SHOWN)
                    .forEach(
                        column ->
                            rows.add(
                                List.of(
                                    modality.key() + " " + column.column(),
                                    count(column.nan()),
                                    count(column.positiveInfinite()),
                                    count(column.negativeInfinite())))));
    return table(Subject.FEATURES, "Worst columns", List.of("column", "NaN", "+Inf", "-Inf"), rows);
  }

  private static InspectionTable folds(Inspection inspection) {
    List<String> header = new ArrayList<>(List.of("split", "videos", "segments"));
    List<Emotion> labels = List.copyOf(inspection.labels().present().keySet());
    labels.forEach(label -> header.add(label.key()));
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<Split, FoldReport.Counts> split : inspection.folds().counts().entrySet()) {
      FoldReport.Counts counts = split.getValue();
      List<String> row =
          new ArrayList<>(
              List.of(split.getKey().key(), count(counts.videos()), count(counts.segments())));
      for (Emotion emotion : labels) {
        int positives = counts.positives().getOrDefault(emotion, 0);
        row.add(
            String.format(
                Locale.ROOT,
                "%,d (%.1f %%)",
                positives,
                100.0 * positives / Math.max(1, counts.segments())));
      }
      rows.add(row);
    }
    return table(Subject.LABELS, "Positives per split", header, rows);
  }

  private static InspectionTable labels(LabelReport labels) {
    List<String> header = new ArrayList<>(List.of("task"));
    labels.present().keySet().forEach(label -> header.add(label.key()));
    header.addAll(List.of("none", "tied"));
    int ties = labels.tied() - labels.none();
    return table(
        Subject.LABELS,
        "Segments per class by task",
        header,
        List.of(
            row("multi-label", labels.present(), count(labels.none()), ""),
            row(
                "single label, ties excluded",
                labels.highest(),
                "excluded",
                count(ties) + " excluded"),
            row(
                "single label, none as a class",
                labels.highest(),
                count(labels.none()),
                count(ties) + " excluded"),
            row(
                "single label, ties to the first column",
                labels.firstHighest(),
                "as " + header.get(1),
                "as the first")));
  }

  private static List<String> row(String task, Map<Emotion, Integer> counts, String... more) {
    List<String> row = new ArrayList<>(List.of(task));
    counts.values().forEach(count -> row.add(count(count)));
    row.addAll(List.of(more));
    return row;
  }

  private static InspectionTable perModality(
      Inspection inspection,
      String title,
      List<String> header,
      Function<FeatureReport, List<String>> cells) {
    List<List<String>> rows = new ArrayList<>();
    inspection
        .features()
        .forEach(
            (modality, report) -> {
              List<String> row = new ArrayList<>(List.of(modality.key()));
              row.addAll(cells.apply(report));
              rows.add(row);
            });
    return table(Subject.FEATURES, title, header, rows);
  }

  private static InspectionTable table(
      Subject subject, String title, List<String> header, List<List<String>> rows) {
    return new InspectionTable(subject, title, new TextTable(header, rows));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
