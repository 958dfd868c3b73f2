package dev.mer4j.data.source.dataset;

import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.dataset.LabelTable.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Joins labels to segments whose truth is known: the rows of a label table, renumbered by time as
 * MMSA does, with some lost.
 *
 * <pre>{@code java -cp mer-data/target/test-classes:... dev.mer4j.data.source.dataset.JoinTrial
 * CMU_MOSEI_Labels.csd}</pre>
 */
final class JoinTrial {
  private final LabelTable labels;

  private JoinTrial(LabelTable labels) {
    this.labels = labels;
  }

  static JoinTrial of(LabelTable labels) {
    return new JoinTrial(labels);
  }

  /**
   * What a join did.
   *
   * @param wrong segments with other emotions than theirs
   * @param wrongByNumber segments that would have others, or none, if the numbers were compared
   */
  record Outcome(int segments, int joined, int wrong, int wrongByNumber) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d segments: joined %,d (%.2f %%), wrong %,d (%.4f %%); by number wrong %,d (%.2f %%)",
          segments,
          joined,
          100.0 * joined / segments,
          wrong,
          100.0 * wrong / Math.max(1, joined),
          wrongByNumber,
          100.0 * wrongByNumber / segments);
    }
  }

  /** Rounds of thirds and sixths as in CMU-MOSEI; two of five videos are not in order of time. */
  static LabelTable random(long seed, int videos) {
    Random draws = new Random(seed);
    LabelTable table = new LabelTable();
    for (int v = 0; v < videos; v++) {
      List<Row> rows = new ArrayList<>();
      int count = 1 + draws.nextInt(14);
      for (int i = 0; i < count; i++) {
        double[] values = new double[7];
        values[0] = Math.rint(draws.nextGaussian() * 3) / 3;
        values[0] = Math.max(-3, Math.min(3, values[0]));
        for (int e = 1; e < 7; e++) {
          values[e] = Math.max(0, draws.nextInt(8) - 4) / 3.0;
        }
        rows.add(new Row(10 * i, 10 * i + 9, Labels.of(new Rows.Doubles(7, values), 0)));
      }
      if (draws.nextInt(5) < 2) {
        Collections.shuffle(rows, draws);
      }
      for (Row row : rows) {
        table.add("v" + v, row);
      }
    }
    return table;
  }

  static SegmentEntry entry(String video, int number, float sentiment) {
    return new SegmentEntry(
        new SegmentId(video, number),
        0,
        number,
        Split.NONE,
        SegmentEntry.Interval.UNKNOWN,
        Labels.unlabeled(sentiment));
  }

  /**
   * Joins.
   *
   * @param lost share of the segments that the data set lacks
   */
  Outcome outcome(long seed, double lost) {
    Random draws = new Random(seed);
    List<SegmentEntry> entries = new ArrayList<>();
    Map<SegmentEntry, Row> truth = new HashMap<>();
    int wrongByNumber = 0;
    for (String video : labels.videos()) {
      List<Row> rows = labels.of(video);
      List<Row> byTime = rows.stream().sorted(Comparator.comparingDouble(Row::start)).toList();
      for (int number = 0; number < byTime.size(); number++) {
        if (draws.nextDouble() >= lost) {
          Row row = byTime.get(number);
          SegmentEntry entry = entry(video, number, row.label().sentiment());
          entries.add(entry);
          truth.put(entry, row);
          wrongByNumber += rows.get(number).sameEmotions(row) ? 0 : 1;
        }
      }
    }
    Collections.shuffle(entries, draws);
    List<SegmentEntry> joined = new SentimentJoin(labels).join(entries);
    int labelled = 0;
    int wrong = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (Labels.isLabeled(joined.get(i).label())) {
        labelled++;
        boolean right =
            joined.get(i).label().scores().equals(truth.get(entries.get(i)).label().scores());
        wrong += right ? 0 : 1;
      }
    }
    return new Outcome(entries.size(), labelled, wrong, wrongByNumber);
  }

  /** Prints the outcomes for a label file, with none of the segments lost, 0.1, 1 and 5 %. */
  public static void main(String[] arguments) {
    LabelTable labels = LabelTable.read(Path.of(arguments[0]));
    for (double lost : new double[] {0, 0.001, 0.01, 0.05}) {
      System.out.println("lost " + lost + ": " + of(labels).outcome(1, lost));
    }
  }
}
