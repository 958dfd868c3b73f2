package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import dev.mer4j.data.source.table.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the labels from columns of a table. A row with an empty cell has no labels. */
final class LabelColumns {
  private final List<Emotion> labels;
  private final int[] columns;
  private final boolean named;
  private final @Nullable PositiveRule positive;

  private LabelColumns(
      List<Emotion> labels, int[] columns, boolean named, @Nullable PositiveRule positive) {
    this.labels = labels;
    this.columns = columns;
    this.named = named;
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
    boolean named = !classes.isEmpty();
    List<Emotion> labels = (named ? classes : names).stream().map(Emotion::of).toList();
    return new LabelColumns(labels, columns, named, options.positive());
  }

  private static LabelColumns mosei(TextTable table, @Nullable PositiveRule positive) {
    int[] columns = Emotion.MOSEI.stream().mapToInt(e -> table.column(e.key())).toArray();
    List<String> found =
        Emotion.MOSEI.stream().map(Emotion::key).filter(key -> table.column(key) >= 0).toList();
    if (!found.isEmpty() && found.size() < columns.length) {
      throw new FileException(
          table.file(),
          String.format(
              Locale.ROOT,
              "has columns for some of the emotions %s only, %s; name the columns of your labels"
                  + " with --label-column",
              Emotion.MOSEI,
              found));
    }
    return new LabelColumns(Emotion.MOSEI, found.isEmpty() ? new int[0] : columns, false, positive);
  }

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
        if (!text.isEmpty()) {
          classes.add(text);
          numbers &= SegmentName.isNumber(text);
        }
      }
    }
    return numbers ? List.of() : List.copyOf(classes);
  }

  /** Returns the labels of the data set. */
  List<Emotion> labels() {
    return labels;
  }

  boolean uses(int column) {
    for (int each : columns) {
      if (each == column) {
        return true;
      }
    }
    return false;
  }

  /** Reads the label of a row. */
  SegmentLabel read(TextTable table, List<String> row, float sentiment) {
    if (columns.length == 0 || row.get(columns[0]).isEmpty()) {
      return Labels.unlabeled(sentiment);
    }
    double[] scores = new double[labels.size()];
    for (int c = 0; c < scores.length; c++) {
      if (named) {
        scores[c] = labels.get(c).key().equals(row.get(columns[0])) ? 1 : 0;
      } else {
        double number = table.number(row, columns[c]);
        if (!Double.isFinite(number)) {
          return Labels.unlabeled(sentiment);
        }
        scores[c] = positive == null ? number : positive.holds(number) ? 1 : 0;
      }
    }
    return labels.equals(Emotion.MOSEI) ? clamped(scores, sentiment) : scored(scores, sentiment);
  }

  private static SegmentLabel clamped(double[] scores, float sentiment) {
    double[] values = new double[1 + scores.length];
    values[0] = sentiment;
    System.arraycopy(scores, 0, values, 1, scores.length);
    SegmentLabel label = Labels.of(new Rows.Doubles(values.length, values), 0);
    // An unknown sentiment is no value that was sanitized.
    int sanitized = label.sanitized() - (Float.isNaN(sentiment) ? 1 : 0);
    return new SegmentLabel(label.scores(), label.sentiment(), sanitized);
  }

  private SegmentLabel scored(double[] scores, float sentiment) {
    EmotionScores.Builder builder = EmotionScores.builder(labels).sentiment(sentiment);
    for (int c = 0; c < scores.length; c++) {
      builder.score(labels.get(c), (float) scores[c]);
    }
    return new SegmentLabel(builder.build(), sentiment, 0);
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
