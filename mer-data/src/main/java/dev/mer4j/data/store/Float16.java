package dev.mer4j.data.store;

/** Conversion of finite numbers to and from IEEE 754 binary16. */
final class Float16 {
  static final float MAX = 65504;

  private static final float SMALLEST_NORMAL = 0x1p-14f;
  private static final int MANTISSA_BITS_LESS = 13;
  private static final int BIAS_LESS = 112;

  private Float16() {}

  /**
   * Returns the nearest binary16 value, ties to even.
   *
   * @param value at most {@link #MAX} away from zero
   */
  static short of(float value) {
    float size = Math.abs(value);
    int sign = (Float.floatToRawIntBits(value) >>> 16) & 0x8000;
    if (size < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(size * 0x1p24));
    }
    int bits = Float.floatToRawIntBits(size);
    int even = (bits >>> MANTISSA_BITS_LESS) & 1;
    int rounded = bits + (1 << (MANTISSA_BITS_LESS - 1)) - 1 + even;
    return (short) (sign | ((rounded >>> MANTISSA_BITS_LESS) - (BIAS_LESS << 10)));
  }

  static float value(short half) {
    int size = (half & 0x7fff) << MANTISSA_BITS_LESS;
    // The product is exact, for subnormal values too.
    float value = Float.intBitsToFloat(size) * 0x1p112f;
    return half < 0 ? -value : value;
  }
}
