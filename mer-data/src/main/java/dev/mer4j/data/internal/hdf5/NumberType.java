package dev.mer4j.data.internal.hdf5;

import java.nio.ByteOrder;

/** The storage type of numbers. */
public sealed interface NumberType permits IntegerType, FloatType {
  /** Returns the number of bytes per number. */
  int size();

  ByteOrder order();

  /** Returns the name, such as {@code float32} or {@code uint8}. */
  String name();

  /** Returns whether every number of this type is exactly representable as a {@code float}. */
  boolean fitsFloat();

  /**
   * Returns whether the bytes of a number, in their byte order, are those of Java's float or
   * double.
   */
  boolean isJava();

  /**
   * Returns the number at a position, rounded to the nearest double, ties to even.
   *
   * @param bytes the content of a chunk
   */
  double decode(byte[] bytes, int position);

  /** Returns at most 8 bytes as an unsigned integer. */
  static long bits(byte[] bytes, int position, int size, ByteOrder order) {
    long bits = 0;
    for (int i = 0; i < size; i++) {
      int place = order == ByteOrder.BIG_ENDIAN ? size - 1 - i : i;
      bits |= (bytes[position + i] & 0xffL) << (8 * place);
    }
    return bits;
  }
}
