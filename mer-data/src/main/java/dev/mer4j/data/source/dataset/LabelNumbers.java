package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.source.array.BooleanNode;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberNode;
import dev.mer4j.data.source.array.NumericArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The label numbers of the N segments of a block: C for each, or C pairs.
 *
 * @param key with the place of the block, such as {@code train/labels}
 * @param values [N, C], or [N, C, 2] for pairs
 * @param integers whether the file stores them as integers or booleans
 * @param pairs whether the array is [N, C, 2]
 */
record LabelNumbers(
    String key, int count, int columns, double[] values, boolean integers, boolean pairs) {
  /** Any array of more numbers for each segment is one of features. */
  private static final long MOST_COLUMNS = 1 << 12;

  /**
   * Reads a value.
   *
   * @return null if the value is neither an array nor a list of numbers
   * @throws FileException if there are not as many as segments
   */
  static @Nullable LabelNumbers of(Path file, String key, int count, Node node) {
    double[] values;
    boolean integers;
    boolean pairs = false;
    boolean fits;
    if (node instanceof NumericArray array) {
      fits =
          (array.rows() == count || array.size() == count)
              && array.size() <= MOST_COLUMNS * Math.max(1, count);
      values = fits ? array.readDoubles(0, array.rows()) : new double[0];
      integers = array.type().isInteger();
      long[] shape = array.shape();
      pairs = shape.length == 3 && shape[1] > 1 && shape[2] == 2;
    } else if (node instanceof ListNode list && list.numbers().isPresent()) {
      values = list.numbers().get();
      fits = values.length == count;
      integers = list.items().stream().allMatch(LabelNumbers::isInteger);
    } else {
      return null;
    }
    int width = count == 0 ? 0 : values.length / count;
    if (!fits || width * count != values.length) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s is %s, the features have %,d segments",
              key,
              node.describe(),
              count));
    }
    return new LabelNumbers(key, count, pairs ? width / 2 : width, values, integers, pairs);
  }

  /** Returns the index of the first item of a list that is not a number; -1 if there is none. */
  static int firstOther(ListNode list) {
    for (int i = 0; i < list.items().size(); i++) {
      Node item = list.items().get(i);
      boolean scalar = item instanceof NumericArray array && array.rank() == 0;
      if (!scalar && !(item instanceof NumberNode) && !(item instanceof BooleanNode)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isInteger(Node node) {
    return node instanceof BooleanNode
        || (node instanceof NumericArray array && array.type().isInteger())
        || (node instanceof NumberNode number && !(number.value() instanceof Double));
  }

  /** Returns the C numbers of a segment, or the 2 C numbers of its pairs. */
  double[] row(int segment) {
    int width = columns * (pairs ? 2 : 1);
    return Arrays.copyOfRange(values, segment * width, (segment + 1) * width);
  }

  /** Returns whether all finite numbers are 0 or 1. */
  boolean isBinary() {
    return numbers().allMatch(value -> value == 0 || value == 1);
  }

  /** Returns whether all finite numbers are whole and not negative. */
  boolean isWhole() {
    return numbers().allMatch(value -> value >= 0 && value == Math.rint(value));
  }

  private DoubleStream numbers() {
    return Arrays.stream(values).filter(Double::isFinite);
  }

  /** Returns whether all finite numbers of a column are within a range. */
  boolean isWithin(int column, double lowest, double highest) {
    for (int i = column; i < values.length; i += columns) {
      if (Double.isFinite(values[i]) && (values[i] < lowest || values[i] > highest)) {
        return false;
      }
    }
    return true;
  }
}
