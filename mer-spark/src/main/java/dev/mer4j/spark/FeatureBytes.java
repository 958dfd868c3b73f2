package dev.mer4j.spark;

import dev.mer4j.data.Features;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Features [T, D] as little-endian float32.
 *
 * @param bytes 4·T·D bytes; not copied
 */
record FeatureBytes(int steps, int width, byte[] bytes) implements FeatureView {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MAGNITUDE = 0x7fffffff;

  /** Encodes features. */
  static byte[] encode(Features features) {
    byte[] bytes = new byte[Math.multiplyExact(features.values().length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(features.values());
    return bytes;
  }

  @Override
  public int size() {
    return bytes.length / Float.BYTES;
  }

  @Override
  public void read(float[] target, int offset) {
    littleEndian(bytes).asFloatBuffer().get(target, offset, size());
  }

  /** Returns a copy of the features. */
  Features decode() {
    float[] values = new float[size()];
    read(values, 0);
    return new Features(steps, width, values);
  }

  /** Returns whether every value is a number of at most this magnitude. */
  boolean isWithin(double limit) {
    float lower = (float) limit;
    // The magnitudes of floats have the order of their bits; those of infinity and NaN are larger.
    int most = Float.floatToIntBits(lower > limit ? Math.nextDown(lower) : lower);
    int outside = 0;
    for (int at = 0; at < bytes.length; at += Float.BYTES) {
      outside |= most - ((int) INTS.get(bytes, at) & MAGNITUDE);
    }
    return outside >= 0;
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
