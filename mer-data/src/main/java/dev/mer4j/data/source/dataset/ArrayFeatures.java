package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.source.FileSummary;
import dev.mer4j.data.source.array.ListNode;
import dev.mer4j.data.source.array.Node;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in one array [N, T, D], in one array [N, D] of a single row each, or in a list of N arrays
 * [T, D] or [D].
 */
final class ArrayFeatures implements SegmentFeatures {
  private final Path file;
  private final String key;
  private final int count;
  private final IntFunction<NumericArray> arrays;
  private final int width;
  private final String layout;
  private int @Nullable [] lengths;

  private ArrayFeatures(
      Path file, String key, int count, String layout, IntFunction<NumericArray> arrays) {
    this.file = file;
    this.key = key;
    this.count = count;
    this.layout = layout;
    this.arrays = arrays;
    width = count == 0 ? 0 : widthOf(0);
  }

  /** Whether a value can hold the rows of segments. */
  static boolean fits(Node node) {
    if (node instanceof NumericArray array) {
      return array.rank() == 2 || array.rank() == 3;
    }
    return node instanceof ListNode list
        && !list.items().isEmpty()
        && list.items().get(0) instanceof NumericArray first
        && (first.rank() == 1 || first.rank() == 2);
  }

  /**
   * Wraps a value.
   *
   * @throws FileException if it holds no rows of segments
   */
  static ArrayFeatures of(Path file, String key, Node node) {
    if (!fits(node)) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s is %s; features are an array [N, T, D] or [N, D], or a list of N arrays [T, D]",
              name(key),
              node.describe()));
    }
    if (node instanceof NumericArray array) {
      return new ArrayFeatures(
          file, key, size(file, key, array.rows()), Arrays.toString(array.shape()), array::row);
    }
    List<Node> items = ((ListNode) node).items();
    return new ArrayFeatures(
        file,
        key,
        items.size(),
        "list of " + items.size(),
        segment -> item(file, key, items, segment));
  }

  /** Wraps an array of one segment, [T, D] or [D]. */
  static ArrayFeatures single(Path file, String key, NumericArray array) {
    if (array.rank() != 1 && array.rank() != 2) {
      throw new FileException(
          file,
          name(key) + " is " + array.describe() + "; the rows of a segment are an array [T, D]");
    }
    return new ArrayFeatures(file, key, 1, Arrays.toString(array.shape()), segment -> array);
  }

  private static NumericArray item(Path file, String key, List<Node> items, int segment) {
    if (items.get(segment) instanceof NumericArray array
        && (array.rank() == 1 || array.rank() == 2)) {
      return array;
    }
    throw new FileException(
        file,
        String.format(
            Locale.ROOT,
            "%s/%d is %s, expected an array [T, D]",
            key,
            segment,
            items.get(segment).describe()));
  }

  private static int size(Path file, String key, long rows) {
    if (rows > Integer.MAX_VALUE) {
      throw new FileException(file, name(key) + " has too many segments: " + rows);
    }
    return (int) rows;
  }

  /**
   * Sets how many rows of each segment are no padding.
   *
   * @param where the numbers are from, for messages
   * @throws FileException if there are not as many as segments, or one is no number of rows
   */
  void setLengths(String where, double[] numbers) {
    if (numbers.length != count) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s has %,d lengths, %s has %,d segments",
              where,
              numbers.length,
              name(key),
              count));
    }
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      int most = stored(i);
      if (!(numbers[i] >= 0 && numbers[i] <= most && numbers[i] == Math.rint(numbers[i]))) {
        throw new FileException(
            file,
            String.format(
                Locale.ROOT,
                "%s is %s for segment %d, expected a whole number from 0 to %d, the rows of %s",
                where,
                numbers[i],
                i,
                most,
                name(key)));
      }
      all[i] = (int) numbers[i];
    }
    lengths = all;
  }

  private static String name(String key) {
    return key.isEmpty() ? "its array" : key;
  }

  /** Returns T with the padding. */
  int stored(int segment) {
    NumericArray array = arrays.apply(segment);
    return array.rank() == 1 ? 1 : (int) array.rows();
  }

  private int widthOf(int segment) {
    NumericArray array = arrays.apply(segment);
    return (int) (array.rank() == 1 ? array.size() : array.rowSize());
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public boolean has(int segment) {
    return steps(segment) > 0;
  }

  @Override
  public int steps(int segment) {
    return lengths == null ? stored(segment) : lengths[segment];
  }

  @Override
  public SegmentRows read(int segment) {
    NumericArray array = arrays.apply(segment);
    if (widthOf(segment) != width) {
      throw new FileException(
          file,
          String.format(
              Locale.ROOT,
              "%s: segment %d is %d wide, the first is %d",
              name(key),
              segment,
              widthOf(segment),
              width));
    }
    long to = array.rank() == 1 ? array.rows() : steps(segment);
    Rows rows =
        inFloat(array.type())
            ? new Rows.Floats(width, array.readRows(0, to))
            : new Rows.Doubles(width, array.readDoubles(0, to));
    return untimed(rows);
  }

  /** Returns all rows, of which no times are known. */
  static SegmentRows untimed(Rows rows) {
    return new SegmentRows(
        rows, IntStream.range(0, rows.count()).toArray(), Double.NaN, Double.NaN);
  }

  /** Whether all numbers of a type are exact in float32. */
  private static boolean inFloat(NumberType type) {
    return type.bytes() <= Short.BYTES || type == NumberType.FLOAT32;
  }

  @Override
  public FileSummary.Numbers numbers() {
    return new FileSummary.Numbers(
        count == 0 ? "" : arrays.apply(0).type().toString(), layout, width);
  }
}
