package dev.mer4j.data.source.dataset;

import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.dataset.LabelTable.Row;
import dev.mer4j.data.source.table.TextTable;
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
 * Measures how labels are joined: joins them to segments whose truth is known: the rows of a label
 * table, renumbered by time as MMSA does, with some lost.
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
        video,
        new SegmentEntry.Place(0, number),
        Split.NONE,
        SegmentEntry.Interval.UNKNOWN,
        Labels.unlabeled(sentiment));
  }

  /**
   * How a data set comes about.
   *
   * @param lost share of the segments that it lacks
   * @param byFile share of the videos that are numbered as in the label file
   * @param scrambled share of the videos that are numbered at random
   */
  record Shuffle(double lost, double byFile, double scrambled) {
    List<Row> order(List<Row> rows, Random draws) {
      double draw = draws.nextDouble();
      if (draw < byFile) {
        return rows;
      }
      List<Row> order =
          new ArrayList<>(rows.stream().sorted(Comparator.comparingDouble(Row::start)).toList());
      if (draw > 1 - scrambled) {
        Collections.shuffle(order, draws);
      }
      return order;
    }
  }

  /** Joins the labels of a data set with known truth. */
  Outcome outcome(long seed, Shuffle shuffle) {
    Random draws = new Random(seed);
    List<SegmentEntry> entries = new ArrayList<>();
    Map<SegmentEntry, Row> truth = new HashMap<>();
    int wrongByNumber = 0;
    for (String video : labels.videos()) {
      List<Row> rows = labels.of(video);
      List<Row> order = shuffle.order(rows, draws);
      for (int number = 0; number < order.size(); number++) {
        if (draws.nextDouble() >= shuffle.lost()) {
          Row row = order.get(number);
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

  /**
   * Reads a table of real segments: of their sentiments and emotions it has the class only, so that
   * more of them are alike than in the label file.
   */
  private static LabelTable classes(Path file) {
    LabelTable labels = new LabelTable();
    try (TextTable table = TextTable.open(file)) {
      for (List<String> row = table.next(); row != null; row = table.next()) {
        double[] values = new double[7];
        values[0] = table.number(row, table.column("label7")) - 3;
        values[1 + (int) table.number(row, table.column("label6"))] = 1;
        labels.add(
            row.get(table.column("file")),
            new Row(
                table.number(row, table.column("start")),
                table.number(row, table.column("end")),
                Labels.of(new Rows.Doubles(7, values), 0)));
      }
    }
    return labels;
  }

  /** Prints the outcomes for a label file, or the table of real segments. */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    LabelTable labels = CsdFolder.isHdf5(file) ? LabelTable.read(file) : classes(file);
    for (double scrambled : new double[] {0, 0.05, 0.5}) {
      for (double byFile : new double[] {0, 0.5}) {
        for (double lost : new double[] {0, 0.001, 0.01, 0.05}) {
          Shuffle shuffle = new Shuffle(lost, byFile, scrambled);
          System.out.println(shuffle + " " + of(labels).outcome(1, shuffle));
        }
      }
    }
  }
}
