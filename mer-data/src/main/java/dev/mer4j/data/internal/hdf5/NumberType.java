package dev.mer4j.data.internal.hdf5;

import java.nio.ByteOrder;

/** How numbers are stored. */
public sealed interface NumberType permits IntegerType, FloatType {
  /** Bytes for each number. */
  int size();

  ByteOrder order();

  /** The name, such as {@code float32} or {@code uint8}. */
  String name();

  /** Whether every number of this type is one of Java's type {@code float}. */
  boolean fitsFloat();

  /** Whether the bytes of a number, in their order, are those of Java's float or double. */
  boolean isJava();

  /**
   * Returns the number that starts at a position, rounded to the nearest double, ties to even.
   *
   * @param bytes the content of a chunk
   */
  double decode(byte[] bytes, int position);

  /** Returns the bytes as an unsigned integer, of which there are at most 8. */
  static long bits(byte[] bytes, int position, int size, ByteOrder order) {
    long bits = 0;
    for (int i = 0; i < size; i++) {
      int place = order == ByteOrder.BIG_ENDIAN ? size - 1 - i : i;
      bits |= (bytes[position + i] & 0xffL) << (8 * place);
    }
    return bits;
  }
}
