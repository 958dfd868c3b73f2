package dev.mer4j.data.source.array;

import java.nio.ByteBuffer;
import java.util.Locale;

/** A type of numbers in a file. */
public enum NumberType {
  FLOAT16(2),
  BFLOAT16(2),
  FLOAT32(4),
  FLOAT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  BOOL(1);

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the number of bytes of a number. */
  public int bytes() {
    return bytes;
  }

  /** Returns whether the numbers are integers or booleans. */
  public boolean isInteger() {
    return switch (this) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> false;
      default -> true;
    };
  }

  /** Returns numpy's name, such as {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Converts numbers to float as Java's casts do: rounded to nearest, and infinite if too large.
   * Booleans become 0 and 1.
   *
   * @param from in the order of bytes of the numbers; read up to its limit
   */
  void toFloats(ByteBuffer from, float[] target, int at) {
    int count = from.remaining() / bytes;
    switch (this) {
      case FLOAT32 -> from.asFloatBuffer().get(target, at, count);
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = (float) from.getDouble();
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = from.getLong();
        }
      }
      case UINT64 -> {
        for (int i = 0; i < count; i++) {
          long value = from.getLong();
          // The lowest bit stays set so that halving does not change how it is rounded.
          target[at + i] = value >= 0 ? value : (float) ((value >>> 1) | (value & 1)) * 2;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target[at + i] = (float) next(from);
        }
      }
    }
  }

  /** Converts numbers to double, as {@link #toFloats}. */
  void toDoubles(ByteBuffer from, double[] target, int at) {
    for (int i = at; from.hasRemaining(); i++) {
      target[i] = next(from);
    }
  }

  /**
   * Converts integers to long. Those of 64 bits without sign keep their bits.
   *
   * @throws IllegalStateException if they are not integers
   */
  void toLongs(ByteBuffer from, long[] target, int at) {
    if (!isInteger()) {
      throw new IllegalStateException(this + " is not a type of integers");
    }
    for (int i = at; from.hasRemaining(); i++) {
      target[i] = bytes == Long.BYTES ? from.getLong() : (long) next(from);
    }
  }

  private double next(ByteBuffer from) {
    return switch (this) {
      case FLOAT16 -> half(from.getShort());
      case BFLOAT16 -> Float.intBitsToFloat(from.getShort() << 16);
      case FLOAT32 -> from.getFloat();
      case FLOAT64 -> from.getDouble();
      case INT8 -> from.get();
      case INT16 -> from.getShort();
      case INT32 -> from.getInt();
      case INT64 -> from.getLong();
      case UINT8 -> from.get() & 0xFF;
      case UINT16 -> from.getShort() & 0xFFFF;
      case UINT32 -> from.getInt() & 0xFFFFFFFFL;
      case UINT64 -> {
        long value = from.getLong();
        yield value >= 0 ? value : (double) ((value >>> 1) | (value & 1)) * 2;
      }
      case BOOL -> from.get() == 0 ? 0 : 1;
    };
  }

  /** Returns an IEEE 754 binary16 number. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1F ? 0xFF : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}
