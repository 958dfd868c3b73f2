package dev.mer4j.data.internal.hdf5;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** Converts numbers from bytes of a file and puts them into a buffer of floats or doubles. */
final class NumberTarget implements ElementTarget {
  private final NumberType type;
  private final FloatBuffer floats;
  private final DoubleBuffer doubles;
  private final boolean single;
  private final double fillValue;
  private byte[] content = new byte[0];
  private FloatBuffer narrow = FloatBuffer.allocate(0);
  private DoubleBuffer wide = DoubleBuffer.allocate(0);

  private NumberTarget(
      NumberType type, byte[] fillValue, FloatBuffer floats, DoubleBuffer doubles, boolean single) {
    this.type = type;
    this.floats = floats;
    this.doubles = doubles;
    this.single = single;
    this.fillValue = type.decode(fillValue, 0);
  }

  static NumberTarget of(NumberType type, byte[] fillValue, FloatBuffer floats) {
    return new NumberTarget(type, fillValue, floats, DoubleBuffer.allocate(0), true);
  }

  static NumberTarget of(NumberType type, byte[] fillValue, DoubleBuffer doubles) {
    return new NumberTarget(type, fillValue, FloatBuffer.allocate(0), doubles, false);
  }

  @Override
  public void from(byte[] bytes) {
    content = bytes;
    ByteBuffer ordered = ByteBuffer.wrap(bytes).order(type.order());
    narrow = ordered.asFloatBuffer();
    wide = ordered.asDoubleBuffer();
  }

  @Override
  public void put(int to, int first, int count) {
    boolean direct = type.isJava();
    if (direct && single) {
      floats.put(to, narrow, first, count);
    } else if (direct && type.size() == Double.BYTES) {
      doubles.put(to, wide, first, count);
    } else {
      for (int i = 0; i < count; i++) {
        set(to + i, type.decode(content, (first + i) * type.size()));
      }
    }
  }

  @Override
  public void fill(int to, int count) {
    for (int i = to; i < to + count; i++) {
      set(i, fillValue);
    }
  }

  private void set(int to, double value) {
    if (single) {
      floats.put(to, (float) value);
    } else {
      doubles.put(to, value);
    }
  }
}
