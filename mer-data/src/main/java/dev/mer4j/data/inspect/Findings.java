package dev.mer4j.data.inspect;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Summarizes, in sentences, the properties of the data that matter for training. */
final class Findings {
  private static final int SHOWN = 5;

  private final List<String> lines = new ArrayList<>();

  private Findings() {}

  static List<String> of(
      List<FileReport> files,
      PerModality<FeatureReport> features,
      LabelReport labels,
      FoldReport folds,
      Coverage coverage,
      int steps) {
    Findings findings = new Findings();
    coverage.problems().forEach(problem -> findings.lines.add("Cannot be prepared: " + problem));
    coverage.omissions().forEach(omission -> findings.lines.add(omission.text()));
    features.forEach(
        (modality, report) -> findings.addFindings(name(modality, files), report, steps));
    findings.addFindings(labels);
    findings.addFindings(folds);
    return List.copyOf(findings.lines);
  }

  private static String name(Modality modality, List<FileReport> files) {
    return files.stream()
        .filter(file -> file.role().equals(modality.key()))
        .map(file -> modality.key() + " (" + file.root() + ")")
        .findFirst()
        .orElse(modality.key());
  }

  private void addFindings(String what, FeatureReport report, int steps) {
    addFindings(what, report, "NaN", ColumnFaults::nan);
    addFindings(what, report, "+Inf", ColumnFaults::positiveInfinite);
    addFindings(what, report, "-Inf", ColumnFaults::negativeInfinite);
    if (report.extreme() > 0) {
      add(
          "%s: %,d values are beyond ±%,.0f, the most extreme is %,.0f; preparation clips them.",
          what,
          report.extreme(),
          report.limit(),
          report.max() > -report.min() ? report.max() : report.min());
    }
    if (report.zeroRows() > 0) {
      add(
          "%s: %s of rows are all zeros, in %,d runs of up to %,d rows.",
          what,
          share(report.zeroRows(), report.rows()),
          report.zeroStretches(),
          report.longestZeroStretch());
    }
    if (!report.emptyColumns().isEmpty()) {
      add("%s: columns without finite values: %s.", what, ranges(report.emptyColumns()));
    }
    if (!report.constantColumns().isEmpty()) {
      add("%s: constant columns: %s.", what, ranges(report.constantColumns()));
    }
    if (report.segmentsCut() > 0) {
      add(
          "%s: segments of more than %d steps: %,d; truncation loses %.1f %% of all steps,"
              + " pooling keeps the whole length.",
          what, steps, report.segmentsCut(), 100 * report.stepsLost());
    }
    if (report.segmentsWithout() > 0) {
      add("%s: segments without it: %,d.", what, report.segmentsWithout());
    }
  }

  private void addFindings(
      String what, FeatureReport report, String kind, ToLongFunction<ColumnFaults> count) {
    List<Integer> columns =
        report.columnFaults().stream()
            .filter(column -> count.applyAsLong(column) > 0)
            .map(ColumnFaults::column)
            .sorted()
            .toList();
    if (!columns.isEmpty()) {
      long all = report.columnFaults().stream().mapToLong(count).sum();
      ColumnFaults worst =
          report.columnFaults().stream()
              .max((a, b) -> Long.compare(count.applyAsLong(a), count.applyAsLong(b)))
              .orElseThrow();
      add(
          "%s: %s of values are %s, %s; preparation replaces them by 0.",
          what,
          share(all, report.values()),
          kind,
          columns.size() == 1
              ? "all in column " + columns.get(0)
              : String.format(
                  Locale.ROOT,
                  "all in columns %s, most of them in %d",
                  ranges(columns),
                  worst.column()));
    }
  }

  private void addFindings(LabelReport labels) {
    if (labels.withoutModality() > 0) {
      add("labels: segments that lack every modality: %,d.", labels.withoutModality());
    }
    if (labels.scoresOutOfRange() > 0) {
      add("labels: values out of range: %,d; preparation clamps them.", labels.scoresOutOfRange());
    }
    if (labels.none() > 0) {
      add(
          "labels: segments with none of the emotions: %,d, with several highest emotions:"
              + " %,d; a single-label task requires a tie rule for them.",
          labels.none(), labels.tied() - labels.none());
    }
  }

  private void addFindings(FoldReport folds) {
    if (folds.counts().keySet().equals(Set.of(Split.NONE))) {
      add("folds: no video is in a fold; training requires folds.");
    }
  }

  private static String share(long some, long all) {
    double percent = 100.0 * some / Math.max(1, all);
    return String.format(
        Locale.ROOT, percent < 0.01 ? "%,d (%.1g %%)" : "%,d (%.2f %%)", some, percent);
  }

  /** Formats 0, 2, 3, 4 as {@code 0, 2-4}. */
  static String ranges(List<Integer> columns) {
    List<String> ranges = new ArrayList<>();
    for (int i = 0; i < columns.size(); ) {
      int end = i;
      while (end + 1 < columns.size() && columns.get(end + 1) == columns.get(end) + 1) {
        end++;
      }
      ranges.add(i == end ? "" + columns.get(i) : columns.get(i) + "-" + columns.get(end));
      i = end + 1;
    }
    return some(ranges);
  }

  private static String some(List<String> values) {
    String shown = String.join(", ", values.stream().limit(SHOWN).toList());
    return values.size() > SHOWN
        ? shown + String.format(Locale.ROOT, " and %d more", values.size() - SHOWN)
        : shown;
  }

  private void add(String sentence, Object... facts) {
    lines.add(String.format(Locale.ROOT, sentence, facts));
  }
}
