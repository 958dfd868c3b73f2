package dev.mer4j.eval.benchmark;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.source.table.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Segments without features, from a CSV file: a column {@code id}, a column {@code steps.MODALITY}
 * for each modality (empty where it is absent), optionally a column {@code label.EMOTION} for each
 * emotion (present above 0; all empty without labels), {@code split} (test if there is none) and
 * {@code group} (the video if there is none).
 */
public final class SegmentTable {
  private static final int MOST_STEPS = 10_000_000;

  private final TextTable table;
  private final Map<Modality, Integer> steps = new LinkedHashMap<>();
  private final Map<Emotion, Integer> labels = new LinkedHashMap<>();
  private final Map<Split, List<SegmentInfo>> bySplit = new EnumMap<>(Split.class);

  private SegmentTable(TextTable table) {
    this.table = table;
  }

  /**
   * Reads the segments of each split.
   *
   * @throws FileException if the file cannot be read, or a value is invalid; the message has the
   *     line and column
   */
  public static Map<Split, SegmentSet> read(Path file) {
    try (TextTable open = TextTable.open(file)) {
      SegmentTable table = new SegmentTable(open);
      table.columns();
      table.rows();
      Map<Split, SegmentSet> sets = new EnumMap<>(Split.class);
      List<Emotion> labels = List.copyOf(table.labels.keySet());
      for (Split split : Split.values()) {
        List<SegmentInfo> segments = table.bySplit.getOrDefault(split, List.of());
        sets.put(split, new Infos(List.copyOf(segments), labels));
      }
      return sets;
    }
  }

  private void columns() {
    for (int c = 0; c < table.columns().size(); c++) {
      int column = c;
      String name = table.columns().get(c);
      if (name.startsWith("steps.")) {
        Modality modality = named(name, () -> Modality.of(name.substring("steps.".length())));
        once(name, steps.put(modality, column) == null);
      } else if (name.startsWith("label.")) {
        Emotion emotion = named(name, () -> Emotion.of(name.substring("label.".length())));
        once(name, labels.put(emotion, column) == null);
      }
    }
    if (table.column("id") < 0 || steps.isEmpty()) {
      throw new FileException(
          table.file(),
          "needs the columns id and steps.MODALITY, such as steps.text; its columns are "
              + table.columns());
    }
    named("steps", () -> ModalitySet.of(steps.keySet()));
  }

  private void once(String column, boolean first) {
    if (!first) {
      throw new FileException(table.file(), "has the column '" + column + "' twice");
    }
  }

  private <T> T named(String column, Supplier<T> value) {
    try {
      return value.get();
    } catch (ConfigException e) {
      throw new FileException(table.file(), "column '" + column + "': " + e.getMessage(), e);
    }
  }

  private void rows() {
    Set<SegmentId> seen = new HashSet<>();
    for (List<String> row = table.next(); row != null; row = table.next()) {
      SegmentInfo segment = segment(row);
      if (!seen.add(segment.id())) {
        throw problem("segment " + segment.id() + " occurs twice");
      }
      bySplit.computeIfAbsent(split(row), each -> new ArrayList<>()).add(segment);
    }
    if (seen.isEmpty()) {
      throw new FileException(table.file(), "has no segments");
    }
  }

  private SegmentInfo segment(List<String> row) {
    SegmentId id = id(row.get(table.column("id")));
    PerModality.Builder<Integer> own = PerModality.builder();
    steps.forEach(
        (modality, column) -> {
          if (!row.get(column).isEmpty()) {
            own.put(modality, steps(row, column));
          }
        });
    int column = table.column("group");
    String group = column < 0 ? "" : row.get(column);
    return new SegmentInfo(
        id, group.isEmpty() ? id.video() : group, 0, 0, scores(row), own.build().sorted());
  }

  private SegmentId id(String text) {
    try {
      return SegmentId.parse(text);
    } catch (ConfigException e) {
      throw problem(e.getMessage());
    }
  }

  private int steps(List<String> row, int column) {
    double number = table.number(row, column);
    if (!(number >= 0 && number <= MOST_STEPS && number == Math.rint(number))) {
      throw problem(
          String.format(
              Locale.ROOT,
              "column '%s' is '%s', expected a number of steps from 0 to %d",
              table.columns().get(column),
              row.get(column),
              MOST_STEPS));
    }
    return (int) number;
  }

  private EmotionScores scores(List<String> row) {
    if (labels.values().stream().allMatch(column -> row.get(column).isEmpty())) {
      return EmotionScores.UNLABELED;
    }
    EmotionScores.Builder scores = EmotionScores.builder(List.copyOf(labels.keySet()));
    labels.forEach(
        (emotion, column) -> {
          double score = table.number(row, column);
          if (!Double.isFinite(score)) {
            throw problem(
                String.format(
                    Locale.ROOT,
                    "column '%s' is '%s', expected a score; leave all label columns empty for a"
                        + " segment without labels",
                    table.columns().get(column),
                    row.get(column)));
          }
          scores.score(emotion, (float) score);
        });
    return scores.build();
  }

  private Split split(List<String> row) {
    int column = table.column("split");
    if (column < 0) {
      return Split.TEST;
    }
    return Stream.of(Split.values())
        .filter(split -> split.key().equals(row.get(column)))
        .findFirst()
        .orElseThrow(
            () ->
                problem(
                    "column 'split' is '"
                        + row.get(column)
                        + "', expected train, valid, test or none"));
  }

  private FileException problem(String text) {
    return new FileException(table.file(), "line " + table.line() + ": " + text);
  }

  /** Segments without features. */
  private record Infos(List<SegmentInfo> segments, List<Emotion> labels) implements SegmentSet {
    @Override
    public int size() {
      return segments.size();
    }

    @Override
    public PerModality<Integer> widths() {
      return PerModality.of();
    }

    @Override
    public SegmentInfo info(int segment) {
      return segments.get(segment);
    }

    @Override
    public void read(int segment, Modality modality, float[] target, int offset) {
      throw new MerException(info(segment).id() + " has no features: only its lengths are known");
    }
  }
}
