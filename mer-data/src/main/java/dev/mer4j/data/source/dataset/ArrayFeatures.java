package dev.mer4j.data.source.dataset;

import dev.mer4j.FileException;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.source.FileSummary;
import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows in an array for each of N segments, with the lengths of the segments if known. */
final class ArrayFeatures implements SegmentFeatures {
  private final SegmentArrays arrays;
  private final int width;
  private int @Nullable [] lengths;

  ArrayFeatures(SegmentArrays arrays) {
    this.arrays = arrays;
    int first = 0;
    while (first < arrays.count() && arrays.steps(first) == 0) {
      first++;
    }
    width = arrays.count() == 0 ? 0 : arrays.width(first == arrays.count() ? 0 : first);
  }

  /**
   * Sets the number of rows of each segment without its padding.
   *
   * @param where the place of the numbers, for messages
   * @throws FileException if there are not as many as segments, or one is not a number of rows
   */
  void setLengths(String where, double[] numbers) {
    if (numbers.length != count()) {
      throw new FileException(
          file(),
          String.format(
              Locale.ROOT,
              "%s has %,d lengths, %s has %,d segments",
              where,
              numbers.length,
              arrays.name(),
              count()));
    }
    int[] all = new int[count()];
    for (int i = 0; i < count(); i++) {
      int most = arrays.steps(i);
      if (!(numbers[i] >= 0 && numbers[i] <= most && numbers[i] == Math.rint(numbers[i]))) {
        throw new FileException(
            file(),
            String.format(
                Locale.ROOT,
                "%s is %s for segment %d, expected a whole number from 0 to %d, the rows of %s",
                where,
                numbers[i],
                i,
                most,
                arrays.name()));
      }
      all[i] = (int) numbers[i];
    }
    lengths = all;
  }

  @Override
  public Path file() {
    return arrays.file();
  }

  @Override
  public String key() {
    return arrays.key();
  }

  @Override
  public int count() {
    return arrays.count();
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
    return lengths == null ? arrays.steps(segment) : lengths[segment];
  }

  @Override
  public int paddingRows(int segment) {
    return lengths == null ? 0 : arrays.steps(segment) - lengths[segment];
  }

  @Override
  public SegmentRows read(int segment) {
    NumericArray array = arrays.get(segment);
    if (arrays.width(segment) != width) {
      throw new FileException(
          file(),
          String.format(
              Locale.ROOT,
              "%s: segment %d is %d wide, the first is %d",
              arrays.name(),
              segment,
              arrays.width(segment),
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
    return new SegmentRows(rows, IntStream.range(0, rows.count()).toArray());
  }

  /** Returns whether all numbers of a type are exact in float32. */
  private static boolean inFloat(NumberType type) {
    return type.bytes() <= Short.BYTES || type == NumberType.FLOAT32;
  }

  @Override
  public FileSummary.Numbers numbers() {
    return new FileSummary.Numbers(
        count() == 0 ? "" : arrays.get(0).type().toString(), arrays.layout(), width);
  }
}
