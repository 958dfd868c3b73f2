package dev.mer4j.spark;

import dev.mer4j.data.Features;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Converts features [T, D] to little-endian float32 and back. */
final class FeatureBytes {
  private FeatureBytes() {}

  static byte[] encode(Features features) {
    byte[] bytes = new byte[Math.multiplyExact(features.values().length, Float.BYTES)];
    littleEndian(bytes).asFloatBuffer().put(features.values());
    return bytes;
  }

  /** Decodes bytes of the right number. */
  static Features decode(byte[] bytes, int steps, int width) {
    float[] values = new float[steps * width];
    littleEndian(bytes).asFloatBuffer().get(values);
    return new Features(steps, width, values);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
