package dev.mer4j.data.internal.hdf5;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Copies elements as bytes. */
final class ByteTarget implements ElementTarget {
  private final byte[] target;
  private final byte[] fillValue;
  private byte[] content = new byte[0];

  /**
   * Creates a target for a number of elements.
   *
   * @param fillValue the bytes of an element that was never written
   */
  ByteTarget(int count, byte[] fillValue) {
    this.fillValue = fillValue;
    target = new byte[Math.multiplyExact(count, fillValue.length)];
  }

  @Override
  public void from(byte[] bytes) {
    content = bytes;
  }

  @Override
  public void put(int to, int first, int count) {
    int size = fillValue.length;
    System.arraycopy(content, first * size, target, to * size, count * size);
  }

  @Override
  public void fill(int to, int count) {
    for (int i = to; i < to + count; i++) {
      System.arraycopy(fillValue, 0, target, i * fillValue.length, fillValue.length);
    }
  }

  /** Returns a copy of the bytes of an element. */
  byte[] element(int index) {
    int size = fillValue.length;
    return Arrays.copyOfRange(target, index * size, (index + 1) * size);
  }

  /** Returns the fields of an element. */
  Fields fields(int index, FileBytes file) {
    return new Fields(ByteBuffer.wrap(element(index)), file.offsetBytes(), file.lengthBytes());
  }
}
