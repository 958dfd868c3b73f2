package dev.mer4j.cli;

import dev.mer4j.report.internal.table.TextTable;
import dev.mer4j.train.ablation.AblationTrials;
import dev.mer4j.train.ablation.Gain;
import dev.mer4j.train.sweep.SampleStatistics;
import dev.mer4j.train.sweep.Trials;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tables of an ablation.
 *
 * @param trials by data set
 * @param settings the settings, the reference first, without the baselines
 */
record AblationTables(Map<String, Trials> trials, List<String> settings) {
  static final String TITLE = "# Ablation";

  /** Returns all tables by title: the decision, the means, and one for each data set. */
  Map<String, TextTable> all() {
    Map<String, TextTable> tables = new LinkedHashMap<>();
    if (settings.size() > 1) {
      tables.put("Gain over " + settings.get(0) + ", mean of all data sets", gains());
    }
    tables.put("Primary score by data set", primary());
    trials.forEach((name, own) -> tables.put(name, SweepTable.bySetting(own)));
    return tables;
  }

  String toMarkdown() {
    StringBuilder text = new StringBuilder(TITLE + "\n");
    text.append(
        String.format(
            Locale.ROOT,
            """

            Macro-F1 on the test splits, %d seeds. full: all modalities. missing: mean over the sets
            that lack a modality. area: area under the curve of modalities missing at random.
            primary: mean of full and area. Mean ± standard deviation over the seeds; in
            parentheses the mean paired difference from %s with its 95 %% interval.
            """,
            seeds(),
            settings.get(0)));
    all()
        .forEach(
            (title, table) ->
                text.append("\n## ")
                    .append(title)
                    .append("\n\n")
                    .append(table.toMarkdown())
                    .append('\n'));
    return text.toString();
  }

  private long seeds() {
    return trials.values().stream()
        .flatMap(own -> own.all().stream())
        .mapToLong(trial -> trial.seed())
        .distinct()
        .count();
  }

  private TextTable gains() {
    List<List<String>> rows = new ArrayList<>();
    for (String setting : settings.subList(1, settings.size())) {
      Gain gain = Gain.of(trials, setting, settings.get(0), AblationTrials.PRIMARY);
      SampleStatistics worst = gain.byData().get(gain.worst());
      rows.add(
          List.of(
              setting,
              interval(gain.mean()),
              gain.worst(),
              worst == null ? "-" : interval(worst),
              gain.accepted() ? "yes" : "no"));
    }
    return new TextTable(
        List.of("setting", "gain", "worst data set", "gain on it", "accepted"), rows);
  }

  private TextTable primary() {
    List<String> header = new ArrayList<>(List.of("setting"));
    header.addAll(trials.keySet());
    header.add("mean");
    List<List<String>> rows = new ArrayList<>();
    for (String setting : names()) {
      List<String> row = new ArrayList<>(List.of(setting));
      double sum = 0;
      for (Trials own : trials.values()) {
        double mean = own.statistics(setting, AblationTrials.PRIMARY).mean();
        sum += mean;
        row.add(number(mean));
      }
      row.add(number(sum / trials.size()));
      rows.add(row);
    }
    return new TextTable(header, rows);
  }

  /** Returns all settings and baselines, in the order of the data set that has most. */
  private List<String> names() {
    return trials.values().stream()
        .map(Trials::settings)
        .reduce((one, other) -> other.size() > one.size() ? other : one)
        .orElse(List.of());
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String interval(SampleStatistics difference) {
    return String.format(
        Locale.ROOT,
        "%+.3f (%+.3f to %+.3f)",
        difference.mean(),
        difference.mean() - difference.margin(),
        difference.mean() + difference.margin());
  }
}
