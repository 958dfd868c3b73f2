package dev.mer4j.data.source.dataset;

import dev.mer4j.data.source.array.NumberType;
import dev.mer4j.data.source.array.NumericArray;
import java.util.Arrays;
import java.util.List;

/** Names that are integers, of which no digit may be lost. */
final class IntegerNames {
  private IntegerNames() {}

  /** Returns the integers of an array as Python writes them. */
  static List<String> of(NumericArray array) {
    boolean unsigned = array.type() == NumberType.UINT64;
    return Arrays.stream(array.readLongs(0, array.rows()))
        .mapToObj(each -> unsigned ? Long.toUnsignedString(each) : Long.toString(each))
        .toList();
  }

  /** Returns whether no two integers of an array are the same. */
  static boolean areDistinct(NumericArray array) {
    long[] numbers = array.readLongs(0, array.rows());
    return Arrays.stream(numbers).distinct().count() == numbers.length;
  }
}
