package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import dev.mer4j.data.source.table.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the labels from columns of a table. A row with an empty cell has no labels. */
final class LabelColumns {
  /** As Python, pandas and C write numbers that are not finite. */
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?(nan(\\(ind\\))?|inf|infinity)|\\?", Pattern.CASE_INSENSITIVE);

  private final LabelNames names;
  private final int[] columns;
  private final boolean classes;
  private final @Nullable PositiveRule positive;

  private LabelColumns(
      LabelNames names, int[] columns, boolean classes, @Nullable PositiveRule positive) {
    this.names = names;
    this.columns = columns;
    this.classes = classes;
    this.positive = positive;
  }

  /**
   * Finds the columns.
   *
   * @throws FileException if a column is missing
   */
  static LabelColumns of(TextTable table, TableColumns options) {
    List<String> names = options.labels();
    if (names.isEmpty()) {
      return mosei(table, options.positive());
    }
    int[] columns = names.stream().mapToInt(name -> column(table, name)).toArray();
    List<String> classes = names.size() == 1 ? classes(table.file(), names.get(0)) : List.of();
    return new LabelColumns(
        new LabelNames(classes.isEmpty() ? names : classes),
        columns,
        !classes.isEmpty(),
        options.positive());
  }

  private static LabelColumns mosei(TextTable table, @Nullable PositiveRule positive) {
    List<String> names = Emotion.MOSEI.stream().map(Emotion::key).toList();
    List<String> found = names.stream().filter(name -> table.column(name) >= 0).toList();
    if (!found.isEmpty() && found.size() < names.size()) {
      throw new FileException(
          table.file(),
          String.format(
              Locale.ROOT,
              "has columns for some of the emotions %s only, %s; name the columns of your labels"
                  + " with --label-column",
              names,
              found));
    }
    int[] columns = found.stream().mapToInt(table::column).toArray();
    return new LabelColumns(new LabelNames(names), columns, false, positive);
  }

  /**
   * Returns the index of a column.
   *
   * @throws FileException if there is none of this name
   */
  static int column(TextTable table, String name) {
    int column = table.column(name);
    if (column < 0) {
      throw new FileException(
          table.file(), "has no column '" + name + "'; it has " + table.columns());
    }
    return column;
  }

  /** Returns the distinct texts of a column in order; none if all are numbers. */
  private static List<String> classes(Path file, String name) {
    TreeSet<String> classes = new TreeSet<>();
    boolean numbers = true;
    try (TextTable table = TextTable.open(file)) {
      int column = column(table, name);
      for (List<String> row = table.next(); row != null; row = table.next()) {
        String text = row.get(column);
        if (!text.isEmpty() && !isNotFinite(text)) {
          classes.add(text);
          numbers &= SegmentName.isNumber(text);
        }
      }
    }
    return numbers ? List.of() : List.copyOf(classes);
  }

  private static boolean isNotFinite(String text) {
    return NOT_FINITE.matcher(text).matches();
  }

  /** Returns the labels of the data set. */
  List<Emotion> labels() {
    return names.labels();
  }

  private boolean uses(int column) {
    for (int each : columns) {
      if (each == column) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the label of a row.
   *
   * @param sentiment NaN if unknown
   */
  SegmentLabel read(TextTable table, List<String> row, float sentiment) {
    if (columns.length == 0 || row.get(columns[0]).isEmpty()) {
      return Labels.unlabeled(sentiment);
    }
    if (isNotFinite(row.get(columns[0]))) {
      return Labels.notFinite(sentiment);
    }
    if (classes) {
      return names.ofClass(names.texts().indexOf(row.get(columns[0])), sentiment);
    }
    double[] scores = new double[columns.length];
    for (int c = 0; c < scores.length; c++) {
      double number = table.number(row, columns[c]);
      boolean rule = positive != null && Double.isFinite(number);
      scores[c] = rule ? (positive.holds(number) ? 1 : 0) : number;
    }
    return names.ofScores(scores, sentiment);
  }

  /** Returns the columns that are not read. */
  List<String> others(TextTable table, int... read) {
    List<String> others = new ArrayList<>();
    for (int c = 0; c < table.columns().size(); c++) {
      boolean used = uses(c);
      for (int each : read) {
        used |= each == c;
      }
      if (!used) {
        others.add(table.columns().get(c));
      }
    }
    return others;
  }
}
