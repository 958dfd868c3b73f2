package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The labels of the segments of all blocks of a file.
 *
 * @param key that they are from; null without labels
 * @param labels of the data set
 * @param blocks for each block the labels of its segments
 */
record BlockLabels(
    @Nullable String key,
    List<Emotion> labels,
    List<List<SegmentLabel>> blocks,
    List<SourceNote> notes) {
  private static final List<String> KEYS =
      List.of("labels", "label", "emotions", "emotion", "regression_labels", "sentiment");

  /** MMSA's class numbers beside the sentiments; read only if their names are given. */
  private static final String CLASSES = "classification_labels";

  /**
   * Reads the labels. A block without them has segments without labels.
   *
   * @param root the top level of the file
   * @param names of the labels; empty for those that the file determines
   * @throws FileException if there are not as many as segments, or their meaning is not certain
   */
  static BlockLabels of(Path file, DictNode root, List<ArrayBlock> blocks, LabelNames names) {
    if (blocks.stream().anyMatch(block -> block.dict().get(TargetLists.KEY) instanceof ListNode)) {
      return targets(file, root, blocks, names);
    }
    for (String key : keys(names)) {
      if (blocks.stream().anyMatch(block -> block.dict().get(key) != null)) {
        return numbers(file, key, blocks, names);
      }
    }
    return new BlockLabels(
        null,
        names.isEmpty() ? Emotion.MOSEI : names.labels(),
        blocks.stream().map(BlockLabels::none).toList(),
        List.of());
  }

  private static List<String> keys(LabelNames names) {
    List<String> keys = new ArrayList<>(KEYS);
    if (!names.isEmpty()) {
      keys.add(keys.indexOf("regression_labels"), CLASSES);
    }
    return keys;
  }

  /** Returns whether a key of the top level has the names of the labels. */
  boolean isNamedBy(String root) {
    return TargetLists.KEY.equals(key) && root.equals(TargetLists.NAMES);
  }

  private static List<SegmentLabel> none(ArrayBlock block) {
    return Collections.nCopies(block.count(), Labels.unlabeled(Float.NaN));
  }

  private static BlockLabels targets(
      Path file, DictNode root, List<ArrayBlock> blocks, LabelNames names) {
    TargetLists targets = TargetLists.of(file, root, names);
    List<List<SegmentLabel>> all = new ArrayList<>();
    for (ArrayBlock block : blocks) {
      all.add(
          block.dict().get(TargetLists.KEY) instanceof ListNode list
              ? targets.read(block, list)
              : none(block));
    }
    return new BlockLabels(TargetLists.KEY, targets.labels(), all, List.of(targets.note()));
  }

  private static BlockLabels numbers(
      Path file, String key, List<ArrayBlock> blocks, LabelNames names) {
    Map<String, LabelNumbers> numbers = new LinkedHashMap<>();
    for (ArrayBlock block : blocks) {
      Node node = block.dict().get(key);
      if (node != null && block.count() > 0) {
        numbers.put(block.place(), numbers(file, block, key, node));
      }
    }
    List<LabelNumbers> known = List.copyOf(numbers.values());
    if (known.isEmpty()) {
      return new BlockLabels(
          key, Emotion.MOSEI, blocks.stream().map(BlockLabels::none).toList(), List.of());
    }
    checkAlike(file, known);
    LabelMeaning.Found meaning = new LabelMeaning(file, key, known, names).find();
    List<List<SegmentLabel>> all = new ArrayList<>();
    for (ArrayBlock block : blocks) {
      LabelNumbers own = numbers.get(block.place());
      List<SegmentLabel> labels = own == null ? none(block) : new ArrayList<>();
      for (int i = 0; own != null && i < own.count(); i++) {
        labels.add(meaning.reader().read(own, i));
      }
      all.add(labels);
    }
    return new BlockLabels(key, meaning.labels(), all, meaning.notes());
  }

  private static LabelNumbers numbers(Path file, ArrayBlock block, String key, Node node) {
    LabelNumbers numbers = LabelNumbers.of(file, block.place() + key, block.count(), node);
    if (numbers == null) {
      int other = node instanceof ListNode list ? LabelNumbers.firstOther(list) : -1;
      throw new FileException(
          file,
          block.place()
              + key
              + " is "
              + node.describe()
              + (other >= 0 ? ", item " + other + " is " + item(node, other) : "")
              + "; labels are an array or a list of numbers: write segments.csv for others");
    }
    return numbers;
  }

  private static String item(Node list, int index) {
    return ((ListNode) list).items().get(index).describe();
  }

  private static void checkAlike(Path file, List<LabelNumbers> all) {
    LabelNumbers first = all.get(0);
    for (LabelNumbers other : all) {
      if (other.columns() != first.columns() || other.pairs() != first.pairs()) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "%s has %d labels for each segment, %s has %d",
                other.key(),
                other.columns(),
                first.key(),
                first.columns()));
      }
    }
  }
}
