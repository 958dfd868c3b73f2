package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the labels of N segments from a dict. */
final class BlockLabels {
  /** The number of the first emotion in a {@code tgt}, after padding, unknown, start and end. */
  private static final int FIRST_TARGET = 4;

  private static final List<String> KEYS =
      List.of("labels", "label", "emotions", "emotion", "regression_labels", "sentiment");

  private final Path file;
  private final String place;
  private final int count;

  private BlockLabels(Path file, String place, int count) {
    this.file = file;
    this.place = place;
    this.count = count;
  }

  /**
   * Labels, and the key that they are from.
   *
   * @param key null without labels
   */
  record Found(List<SegmentLabel> labels, @Nullable String key) {}

  /**
   * Finds 7 numbers (sentiment and six emotions), 6 (the emotions), 1 (the sentiment), or the lists
   * of emotions of CARAT and TAILOR.
   *
   * @throws FileException if there are not as many as segments
   */
  static Found of(Path file, String place, DictNode dict, int count) {
    BlockLabels reader = new BlockLabels(file, place, count);
    if (dict.get("tgt") instanceof ListNode targets) {
      return new Found(reader.targets(targets), "tgt");
    }
    for (String key : KEYS) {
      Node node = dict.get(key);
      List<SegmentLabel> labels = node == null ? null : reader.numbers(key, node);
      if (labels != null) {
        return new Found(labels, key);
      }
    }
    List<SegmentLabel> none = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      none.add(Labels.unlabeled(Float.NaN));
    }
    return new Found(none, null);
  }

  private @Nullable List<SegmentLabel> numbers(String key, Node node) {
    double[] all;
    if (node instanceof NumericArray array) {
      all = array.readDoubles(0, array.rows());
    } else if (node instanceof ListNode list && list.numbers().isPresent()) {
      all = list.numbers().get();
    } else {
      return null;
    }
    int width = count == 0 ? 0 : all.length / count;
    if (width * count != all.length) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s%s is %s, the features have %,d segments",
              place,
              key,
              node.describe(),
              count));
    }
    if (width != 1 && width != Emotion.MOSEI.size() && width != Emotion.MOSEI.size() + 1) {
      return null;
    }
    List<SegmentLabel> labels = new ArrayList<>();
    Rows rows = new Rows.Doubles(width, all);
    for (int i = 0; i < count; i++) {
      labels.add(width == 1 ? Labels.unlabeled((float) all[i]) : Labels.of(rows, i));
    }
    return labels;
  }

  private List<SegmentLabel> targets(ListNode targets) {
    if (targets.items().size() != count) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%stgt has %,d entries, the features have %,d segments",
              place,
              targets.items().size(),
              count));
    }
    List<SegmentLabel> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double[] scores = new double[Emotion.MOSEI.size()];
      for (int target : target(targets.items().get(i), i)) {
        scores[target - FIRST_TARGET] = 1;
      }
      labels.add(Labels.of(new Rows.Doubles(Emotion.MOSEI.size(), scores), 0));
    }
    return labels;
  }

  /** Returns the emotions of a segment, without the marks of start and end around them. */
  private int[] target(Node node, int segment) {
    double[] numbers =
        node instanceof ListNode list
            ? list.numbers().orElse(new double[0])
            : node instanceof NumericArray array && array.rank() == 1
                ? array.readDoubles(0, array.rows())
                : new double[0];
    if (numbers.length < 2) {
      throw target(node, segment, "expected a list that starts and ends with a mark");
    }
    int[] emotions = new int[numbers.length - 2];
    for (int i = 0; i < emotions.length; i++) {
      int number = (int) numbers[i + 1];
      if (number < FIRST_TARGET || number >= FIRST_TARGET + Emotion.MOSEI.size()) {
        throw target(node, segment, "it holds " + number + ", expected 4 to 9 between its marks");
      }
      emotions[i] = number;
    }
    return emotions;
  }

  private FileException target(Node node, int segment, String problem) {
    return new FileException(
        file,
        String.format(Locale.ROOT, "%stgt/%d is %s: %s", place, segment, node.describe(), problem));
  }
}
