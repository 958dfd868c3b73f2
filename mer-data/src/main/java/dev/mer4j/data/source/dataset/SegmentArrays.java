package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.DictNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NullNode;
import dev.mer4j.data.source.array.NumericArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An array [T, D], or [D] of a single row, for each of N segments.
 *
 * @param key in the file; empty for its only array
 * @param layout such as {@code [9, 5, 3]}
 */
record SegmentArrays(
    Path file, String key, int count, String layout, IntFunction<NumericArray> arrays) {
  /** The bytes of memory for the names and labels of a segment, at least. */
  private static final int SEGMENT_BYTES = 256;

  /** The bytes of memory for a number of a segment, with its copies. */
  private static final int NUMBER_BYTES = 16;

  private static final long MOST_NUMBERS = Integer.MAX_VALUE / Long.BYTES;

  /** What features have to be, for messages. */
  static final String EXPECTED = "an array [N, T, D] or [N, D], or a list of N arrays [T, D]";

  /** Returns whether a value can contain the rows of segments. */
  static boolean fits(Node node) {
    if (node instanceof NumericArray array) {
      return array.rank() == 2 || array.rank() == 3;
    }
    return node instanceof ListNode list
        && list.items().stream()
            .filter(item -> !(item instanceof NullNode))
            .findFirst()
            .filter(item -> item instanceof NumericArray first && isSegment(first))
            .isPresent();
  }

  private static boolean isSegment(NumericArray array) {
    return array.rank() == 1 || array.rank() == 2;
  }

  /**
   * Returns the segments of an array [N, T, D] or [N, D], or a list of N arrays [T, D] or [D], or
   * None for a segment without rows.
   *
   * @throws FileException if the value is neither
   */
  static SegmentArrays of(Path file, String key, Node node) {
    if (!fits(node)) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT, "%s is %s; features are %s", name(key), node.describe(), EXPECTED));
    }
    if (node instanceof NumericArray array) {
      return new SegmentArrays(
          file, key, size(file, key, array.rows()), Arrays.toString(array.shape()), array::row);
    }
    List<Node> items = ((ListNode) node).items();
    return new SegmentArrays(
        file,
        key,
        items.size(),
        "list of " + items.size(),
        segment -> item(file, name(key) + "/" + segment, items.get(segment)));
  }

  /**
   * Returns the array of one segment, [T, D] or [D], with any number of extents of 1 before.
   *
   * @throws FileException if it has another shape
   */
  static SegmentArrays single(Path file, String key, NumericArray array) {
    NumericArray segment = array;
    while (segment.rank() > 2 && segment.rows() == 1) {
      segment = segment.row(0);
    }
    if (!isSegment(segment)) {
      throw new FileException(
          file,
          name(key) + " is " + array.describe() + "; the rows of a segment are an array [T, D]");
    }
    NumericArray found = segment;
    return new SegmentArrays(file, key, 1, Arrays.toString(array.shape()), i -> found);
  }

  /**
   * Returns the segments of a dict with the utterances of each dialogue: an array [U, D] or [U, T,
   * D], or a list of U arrays [D] or [T, D], or of U lists of D numbers. A dialogue without a value
   * has none.
   *
   * @param lengths the number U of utterances of each dialogue
   * @throws FileException if a dialogue has another number of utterances
   */
  static SegmentArrays ofDialogues(
      Path file, String key, DictNode dialogues, List<DialogueLength> lengths) {
    List<@Nullable Node> values = new ArrayList<>();
    List<Integer> utterances = new ArrayList<>();
    for (DialogueLength dialogue : lengths) {
      Node value = dialogues.get(dialogue.name());
      if (value != null && length(value) != dialogue.utterances()) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "%s/%s is %s, its labels are %d",
                key,
                dialogue.name(),
                value.describe(),
                dialogue.utterances()));
      }
      for (int u = 0; u < dialogue.utterances(); u++) {
        values.add(value);
        utterances.add(u);
      }
    }
    NumericArray absent = absent(file);
    return new SegmentArrays(
        file,
        key,
        values.size(),
        "dict of " + lengths.size(),
        segment -> {
          Node dialogue = values.get(segment);
          return dialogue == null
              ? absent
              : utterance(file, key, dialogue, utterances.get(segment));
        });
  }

  /** A dialogue and its number of utterances. */
  record DialogueLength(String name, int utterances) {}

  private static long length(Node dialogue) {
    return dialogue instanceof NumericArray array && array.rank() >= 2
        ? array.rows()
        : dialogue instanceof ListNode list ? list.items().size() : -1;
  }

  private static NumericArray utterance(Path file, String key, Node dialogue, int utterance) {
    return dialogue instanceof NumericArray array
        ? array.row(utterance)
        : item(file, key, ((ListNode) dialogue).items().get(utterance));
  }

  /** Returns the array of a segment without rows. */
  private static NumericArray absent(Path file) {
    return NumericArray.of(file, new double[0], 0);
  }

  private static NumericArray item(Path file, String key, Node node) {
    if (node instanceof NumericArray array && isSegment(array)) {
      return array;
    }
    if (node instanceof NullNode) {
      return absent(file);
    }
    double @Nullable [] numbers =
        node instanceof ListNode list ? list.numbers().orElse(null) : null;
    if (numbers == null) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT, "%s is %s, expected an array [T, D] or [D]", key, node.describe()));
    }
    return NumericArray.of(file, numbers, numbers.length);
  }

  private static int size(Path file, String key, long rows) {
    if (rows > Integer.MAX_VALUE) {
      throw new FileException(file, name(key) + " has too many segments: " + rows);
    }
    if (rows > Runtime.getRuntime().maxMemory() / SEGMENT_BYTES) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s has %,d segments, which need more memory than there is; raise -Xmx",
              name(key),
              rows));
    }
    return (int) rows;
  }

  private static String name(String key) {
    return key.isEmpty() ? "its array" : key;
  }

  /** Returns the key for messages. */
  String name() {
    return name(key);
  }

  /**
   * Returns the array of a segment.
   *
   * @throws FileException if it is none, or too large for the memory
   */
  NumericArray get(int segment) {
    NumericArray array = arrays.apply(segment);
    long most = Math.min(MOST_NUMBERS, Runtime.getRuntime().maxMemory() / NUMBER_BYTES);
    if (array.size() > most || array.rows() > most) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s: segment %d is %s, of more than %,d numbers%s",
              name(),
              segment,
              array.describe(),
              most,
              most < MOST_NUMBERS ? "; raise -Xmx" : "; split it into several segments"));
    }
    return array;
  }

  /** Returns T of a segment, with its padding. */
  int steps(int segment) {
    NumericArray array = get(segment);
    return array.rank() == 1 ? (int) Math.min(1, array.size()) : (int) array.rows();
  }

  /** Returns D of a segment. */
  int width(int segment) {
    NumericArray array = get(segment);
    return (int) (array.rank() == 1 ? array.size() : array.rowSize());
  }
}
