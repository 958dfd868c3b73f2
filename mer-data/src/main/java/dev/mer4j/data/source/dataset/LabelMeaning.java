package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the numbers of a label key mean: sentiments, the emotions of CMU-MOSEI, class numbers, or
 * one column for each label. Numbers that could have another meaning are an error.
 */
final class LabelMeaning {
  /** The labels of MulT's IEMOCAP files, in the order of its evaluation (eval_iemocap). */
  static final List<String> MULT_IEMOCAP = List.of("neutral", "happy", "sad", "angry");

  /** Keys that are named after the sentiment. */
  private static final List<String> SENTIMENTS = List.of("regression_labels", "sentiment");

  /** The range of sentiments and scores is 3; some values of the release exceed it. */
  private static final double HIGHEST = 3.5;

  /** From this number of segments on, sentiments without any negative or fraction are unlikely. */
  private static final int DECISIVE = 8;

  private static final int EMOTIONS = Emotion.MOSEI.size();

  private final Path file;
  private final String key;
  private final List<LabelNumbers> blocks;
  private final LabelNames names;

  /**
   * Prepares to interpret the numbers of one key.
   *
   * @param key without the place of a block
   * @param blocks of the same number of columns
   */
  LabelMeaning(Path file, String key, List<LabelNumbers> blocks, LabelNames names) {
    this.file = file;
    this.key = key;
    this.blocks = blocks;
    this.names = names;
  }

  /** Reads the label of a segment. */
  interface Reader {
    SegmentLabel read(LabelNumbers numbers, int segment);
  }

  /** A meaning, with the labels of the data set. */
  record Found(List<Emotion> labels, Reader reader, List<SourceNote> notes) {}

  /**
   * Returns the meaning of the numbers.
   *
   * @throws FileException if it is not certain; the message names the option that gives it
   */
  Found find() {
    int columns = blocks.get(0).columns();
    if (blocks.get(0).pairs()) {
      return pairs(columns);
    }
    if (!names.isEmpty()) {
      return columns == 1 ? classes() : columns(columns);
    }
    if (columns == 1 && isSentiment()) {
      return mosei((numbers, i) -> sentiment((float) numbers.row(i)[0]));
    }
    if ((columns == EMOTIONS || columns == EMOTIONS + 1) && isMosei(columns)) {
      return mosei((numbers, i) -> Labels.of(new Rows.Doubles(columns, numbers.row(i)), 0));
    }
    throw uncertain(columns);
  }

  private static SegmentLabel sentiment(float number) {
    return Float.isFinite(number) ? Labels.unlabeled(number) : Labels.notFinite(number);
  }

  private static Found mosei(Reader reader) {
    return new Found(Emotion.MOSEI, reader, List.of());
  }

  private boolean isSentiment() {
    boolean inRange = blocks.stream().allMatch(each -> each.isWithin(0, -HIGHEST, HIGHEST));
    if (SENTIMENTS.contains(key)) {
      return inRange;
    }
    int count = blocks.stream().mapToInt(LabelNumbers::count).sum();
    boolean classes =
        blocks.stream().allMatch(each -> each.integers() || (count >= DECISIVE && each.isWhole()));
    return inRange && !classes && !key.startsWith("emotion");
  }

  private boolean isMosei(int columns) {
    boolean inRange = true;
    for (LabelNumbers each : blocks) {
      for (int c = 0; c < columns; c++) {
        boolean sentiment = columns > EMOTIONS && c == 0;
        inRange &= each.isWithin(c, sentiment ? -HIGHEST : 0, HIGHEST);
      }
    }
    return inRange && !blocks.stream().allMatch(LabelNumbers::isBinary);
  }

  private Found pairs(int columns) {
    boolean known = names.isEmpty() && columns == MULT_IEMOCAP.size();
    LabelNames labels = known ? new LabelNames(MULT_IEMOCAP) : names;
    if (labels.size() != columns) {
      throw uncertain(columns);
    }
    SourceNote note =
        new SourceNote(
            labels.texts(),
            key
                + ": the pairs (absent, present) are read as "
                + String.join(", ", labels.texts())
                + (known ? ", the order of MulT's IEMOCAP files" : ""));
    return new Found(
        labels.labels(),
        (numbers, i) -> {
          double[] row = numbers.row(i);
          double[] scores = new double[columns];
          if (!Arrays.stream(row).allMatch(Double::isFinite)) {
            return Labels.notFinite(Float.NaN);
          }
          for (int c = 0; c < columns; c++) {
            if (!(row[2 * c] + row[2 * c + 1] == 1 && row[2 * c] * row[2 * c + 1] == 0)) {
              throw fault(numbers, i, "a pair that is neither (1, 0) nor (0, 1)");
            }
            scores[c] = row[2 * c + 1];
          }
          return labels.ofScores(scores, Float.NaN);
        },
        List.of(note));
  }

  private Found classes() {
    return new Found(
        names.labels(),
        (numbers, i) -> {
          double number = numbers.row(i)[0];
          if (!Double.isFinite(number)) {
            return Labels.notFinite(Float.NaN);
          }
          if (number != Math.rint(number) || number < 0 || number >= names.size()) {
            throw fault(
                numbers,
                i,
                String.format(
                    Locale.ROOT,
                    "%s, expected a number from 0 to %d for the labels %s",
                    number,
                    names.size() - 1,
                    names));
          }
          return names.ofClass((int) number);
        },
        List.of(
            new SourceNote(
                names.texts(), key + ": 0, 1, … are read as " + String.join(", ", names.texts()))));
  }

  private Found columns(int columns) {
    if (names.size() != columns) {
      throw uncertain(columns);
    }
    return new Found(
        names.labels(), (numbers, i) -> names.ofScores(numbers.row(i), Float.NaN), List.of());
  }

  private FileException fault(LabelNumbers numbers, int segment, String problem) {
    return new FileException(
        file, String.format(Locale.ROOT, "%s: segment %d has %s", numbers.key(), segment, problem));
  }

  private FileException uncertain(int columns) {
    String found =
        columns == 1
            ? "one number for each segment, which is not certain to be a sentiment from -3 to 3"
            : String.format(
                Locale.ROOT,
                "%d %s for each segment, which are not certain to be the emotions of CMU-MOSEI",
                columns,
                blocks.get(0).pairs() ? "pairs" : "numbers");
    return new FileException(
        file,
        String.format(
            Locale.ROOT,
            "%s has %s; name the labels in the order of their %s: --label-column NAME,NAME,…%s",
            blocks.get(0).key(),
            found,
            columns == 1 ? "numbers" : "columns",
            names.isEmpty() ? "" : ", which has " + names.size() + " names"));
  }
}
