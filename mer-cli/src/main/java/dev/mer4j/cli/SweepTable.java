package dev.mer4j.cli;

import dev.mer4j.report.internal.table.TextTable;
import dev.mer4j.train.sweep.SampleStatistics;
import dev.mer4j.train.sweep.Trial;
import dev.mer4j.train.sweep.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results of a sweep as a table. */
final class SweepTable {
  private SweepTable() {}

  /**
   * Returns a row per setting, with each score's mean and standard deviation; below the first row,
   * each also has the paired difference from the first, of several seeds with its 95 % confidence
   * interval.
   */
  static TextTable bySetting(Trials trials) {
    List<String> header = new ArrayList<>(List.of("setting", "seeds"));
    header.addAll(trials.scores());
    List<List<String>> rows = new ArrayList<>();
    for (String setting : trials.settings()) {
      long seeds = trials.all().stream().filter(each -> each.setting().equals(setting)).count();
      List<String> row = new ArrayList<>(List.of(setting, Long.toString(seeds)));
      trials.scores().forEach(score -> row.add(cell(trials, setting, score)));
      rows.add(row);
    }
    return new TextTable(header, rows);
  }

  private static String cell(Trials trials, String setting, String score) {
    String own = trials.statistics(setting, score).toString();
    String reference = trials.settings().get(0);
    if (setting.equals(reference)) {
      return own;
    }
    SampleStatistics difference = trials.difference(setting, reference, score);
    if (difference.count() < 2) {
      return own + String.format(Locale.ROOT, " (%+.3f)", difference.mean());
    }
    return own
        + String.format(
            Locale.ROOT,
            " (%+.3f, %+.3f to %+.3f)",
            difference.mean(),
            difference.mean() - difference.margin(),
            difference.mean() + difference.margin());
  }

  /** Returns a row per seed of the first setting, and one of mean and standard deviation. */
  static TextTable bySeed(Trials trials) {
    List<String> header = new ArrayList<>(List.of("seed"));
    header.addAll(trials.scores());
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : trials.all()) {
      List<String> row = new ArrayList<>(List.of(Long.toString(trial.seed())));
      trials.scores().forEach(score -> row.add(cell(trial.scores(), score)));
      rows.add(row);
    }
    List<String> last = new ArrayList<>(List.of("mean ± std"));
    String only = trials.settings().get(0);
    trials.scores().forEach(score -> last.add(trials.statistics(only, score).toString()));
    rows.add(last);
    return new TextTable(header, rows);
  }

  private static String cell(Map<String, Double> scores, String score) {
    return String.format(Locale.ROOT, "%.3f", scores.getOrDefault(score, Double.NaN));
  }
}
