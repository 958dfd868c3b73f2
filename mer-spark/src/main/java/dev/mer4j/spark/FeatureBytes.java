package dev.mer4j.spark;

import dev.mer4j.data.Features;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Features [T, D] as little-endian float32.
 *
 * @param bytes 4·T·D bytes; not copied
 */
record FeatureBytes(int steps, int width, ByteBuffer bytes) implements FeatureView {
  private static final int BLOCK = 1024;
  private static final int MAGNITUDE = 0x7fffffff;

  /** Encodes features. */
  static byte[] encode(Features features) {
    byte[] bytes = new byte[Math.multiplyExact(features.values().length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(features.values());
    return bytes;
  }

  @Override
  public int size() {
    return bytes.remaining() / Float.BYTES;
  }

  @Override
  public void read(float[] target, int offset) {
    littleEndian().asFloatBuffer().get(target, offset, size());
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
    int[] block = new int[BLOCK];
    IntBuffer bits = littleEndian().asIntBuffer();
    while (bits.hasRemaining()) {
      int count = Math.min(BLOCK, bits.remaining());
      bits.get(block, 0, count);
      for (int i = 0; i < count; i++) {
        outside |= most - (block[i] & MAGNITUDE);
      }
    }
    return outside >= 0;
  }

  private ByteBuffer littleEndian() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
