package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.NumericArray;
import dev.mer4j.data.source.dataset.SegmentEntry.SegmentLabel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lists {@code tgt} of TAILOR and CARAT: the numbers of a segment's labels between a start and
 * an end mark. The file's own dict {@code dict/tgt} has the names; without it 4 to 9 are the
 * emotions of CMU-MOSEI, as CARAT's and TAILOR's programs read them.
 */
final class TargetLists {
  static final String KEY = "tgt";

  /** The key of the top level with the names, by {@link #KEY}. */
  static final String NAMES = "dict";

  /** The first number of a label, after padding, unknown, start and end. */
  private static final int FIRST = 4;

  private final Path file;
  private final Map<Integer, Integer> positions = new TreeMap<>();
  private final LabelNames names;
  private final SourceNote note;

  private TargetLists(Path file, List<Integer> numbers, LabelNames names, String origin) {
    this.file = file;
    this.names = names;
    for (int i = 0; i < numbers.size(); i++) {
      positions.put(numbers.get(i), i);
    }
    note =
        new SourceNote(
            names.texts(),
            String.format(
                Locale.ROOT,
                "tgt: %d to %d are read as %s, %s, without scores: a label has 1 or 0",
                numbers.get(0),
                numbers.get(numbers.size() - 1),
                names,
                origin));
  }

  /**
   * Determines the names.
   *
   * @param root the top level of the file
   * @param given names that an option gives; empty for those of the file
   * @throws FileException if the numbers of given names and of the file differ, or two names of the
   *     file have one number
   */
  static TargetLists of(Path file, DictNode root, LabelNames given) {
    TreeMap<Integer, String> known = new TreeMap<>();
    if (root.get(NAMES) instanceof DictNode dict && dict.get(KEY) instanceof DictNode targets) {
      targets
          .entries()
          .forEach(
              (name, number) -> {
                if (!name.startsWith("<") && number instanceof NumberNode value) {
                  String other = known.put(value.value().intValue(), name);
                  if (other != null) {
                    throw new FileException(
                        file,
                        String.format(
                            Locale.ROOT,
                            "dict/tgt has the number %s for '%s' and for '%s'",
                            value.value(),
                            other,
                            name));
                  }
                }
              });
    }
    if (known.size() > 1 && given.isEmpty()) {
      List<String> names = known.values().stream().map(TargetLists::mosei).toList();
      return new TargetLists(
          file, List.copyOf(known.keySet()), new LabelNames(names), "the names in dict/tgt");
    }
    if (known.size() > 1 && known.size() != given.size()) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "dict/tgt names %d labels, %s; --label-column has %d names",
              known.size(),
              known.values(),
              given.size()));
    }
    LabelNames names =
        given.isEmpty() ? new LabelNames(Emotion.MOSEI.stream().map(Emotion::key).toList()) : given;
    List<Integer> numbers = new ArrayList<>(known.keySet());
    for (int i = numbers.size(); i < names.size(); i++) {
      numbers.add(FIRST + i);
    }
    return new TargetLists(
        file,
        numbers,
        names,
        given.isEmpty()
            ? "the order of CARAT's and TAILOR's CMU-MOSEI files (--label-column names others)"
            : "by --label-column");
  }

  /** Returns the key of an emotion of CMU-MOSEI that differs by case only, or else the name. */
  private static String mosei(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Emotion.MOSEI.stream().map(Emotion::key).anyMatch(lower::equals) ? lower : name;
  }

  List<Emotion> labels() {
    return names.labels();
  }

  /** Returns a note about how the numbers are read. */
  SourceNote note() {
    return note;
  }

  /**
   * Reads the labels of the segments of a block.
   *
   * @throws FileException if there are not as many as segments, or a number has no name
   */
  List<SegmentLabel> read(ArrayBlock block, ListNode targets) {
    String key = block.place() + KEY;
    if (targets.items().size() != block.count()) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s has %,d entries, the features have %,d segments",
              key,
              targets.items().size(),
              block.count()));
    }
    List<SegmentLabel> labels = new ArrayList<>();
    for (Node target : targets.items()) {
      labels.add(read(key + "/" + labels.size(), target));
    }
    return labels;
  }

  private SegmentLabel read(String key, Node node) {
    double[] numbers =
        node instanceof ListNode list
            ? list.numbers().orElse(new double[0])
            : node instanceof NumericArray array && array.rank() == 1
                ? array.readDoubles(0, array.rows())
                : new double[0];
    if (numbers.length < 2) {
      throw fault(key, node, "expected a list that starts and ends with a mark");
    }
    double[] scores = new double[names.size()];
    for (int i = 1; i < numbers.length - 1; i++) {
      boolean whole = numbers[i] == Math.rint(numbers[i]);
      Integer position = whole ? positions.get((int) numbers[i]) : null;
      if (position == null) {
        throw fault(
            key,
            node,
            String.format(
                Locale.ROOT,
                "it contains %s, expected one of %s between its marks; --label-column names the"
                    + " labels from 4 on",
                whole ? String.valueOf((long) numbers[i]) : String.valueOf(numbers[i]),
                positions.keySet()));
      }
      scores[position] = 1;
    }
    return names.ofScores(scores, Float.NaN);
  }

  private FileException fault(String key, Node node, String problem) {
    return new FileException(file, key + " is " + node.describe() + ": " + problem);
  }
}
