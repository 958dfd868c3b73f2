package dev.mer4j.data.internal.hdf5;

import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Binary floating-point numbers of up to 16 bytes, with fields at any position. A location is that
 * of a field's lowest bit.
 *
 * @param implied whether the leading 1 of the mantissa is not stored
 */
record FloatType(
    int size,
    ByteOrder order,
    int signLocation,
    int exponentLocation,
    int exponentBits,
    int mantissaLocation,
    int mantissaBits,
    int bias,
    boolean implied)
    implements NumberType {
  private static final int MAX_BYTES = 16;

  /** The number of mantissa bits used; of the lower bits, only whether any is set matters. */
  private static final int MAX_MANTISSA = 61;

  FloatType {
    if (size < 1 || size > MAX_BYTES || exponentBits > 30) {
      throw new UnsupportedHdf5Exception(
          String.format(
              Locale.ROOT,
              "floating-point numbers of %d bytes with an exponent of %d bits",
              size,
              exponentBits));
    }
    int bits = 8 * size;
    if (signLocation >= bits
        || exponentBits < 1
        || exponentLocation + exponentBits > bits
        || mantissaBits < 1
        || mantissaLocation + mantissaBits > bits) {
      throw new Hdf5Exception("floating-point numbers with fields outside their bits");
    }
  }

  @Override
  public String name() {
    return "float" + 8 * size;
  }

  @Override
  public boolean fitsFloat() {
    return mantissaBits + (implied ? 1 : 0) <= 24
        && exponentBits <= 8
        && (1 << exponentBits) - 2 - bias <= Float.MAX_EXPONENT
        && bias + mantissaBits <= 150;
  }

  @Override
  public boolean isJava() {
    return implied && (isIeee(Float.BYTES, 8, 23) || isIeee(Double.BYTES, 11, 52));
  }

  private boolean isIeee(int bytes, int exponent, int mantissa) {
    return size == bytes
        && exponentBits == exponent
        && mantissaBits == mantissa
        && mantissaLocation == 0
        && exponentLocation == mantissa
        && signLocation == 8 * bytes - 1
        && bias == (1 << (exponent - 1)) - 1;
  }

  @Override
  public double decode(byte[] bytes, int position) {
    long low;
    long high = 0;
    if (size <= Long.BYTES) {
      low = NumberType.bits(bytes, position, size, order);
    } else {
      boolean big = order == ByteOrder.BIG_ENDIAN;
      int more = size - Long.BYTES;
      low = NumberType.bits(bytes, big ? position + more : position, Long.BYTES, order);
      high = NumberType.bits(bytes, big ? position : position + Long.BYTES, more, order);
    }
    boolean negative = field(low, high, signLocation, 1) == 1;
    int exponent = (int) field(low, high, exponentLocation, exponentBits);
    int kept = Math.min(mantissaBits, MAX_MANTISSA);
    int dropped = mantissaBits - kept;
    long mantissa = field(low, high, mantissaLocation + dropped, kept);
    if (dropped > 0 && field(low, high, mantissaLocation, dropped) != 0) {
      mantissa |= 1;
    }
    double value = value(exponent, mantissa, kept);
    return negative ? -value : value;
  }

  private double value(int exponent, long mantissa, int kept) {
    if (exponent == (1 << exponentBits) - 1) {
      long fraction = implied ? mantissa : mantissa & ((1L << (kept - 1)) - 1);
      return fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    int scale = Math.max(exponent, 1) - bias - (implied ? kept : kept - 1);
    return Rounding.toDouble(implied && exponent > 0 ? mantissa | 1L << kept : mantissa, scale);
  }

  /** Returns up to 63 bits of a 128-bit number. */
  private static long field(long low, long high, int location, int bits) {
    long shifted;
    if (location == 0) {
      shifted = low;
    } else if (location < Long.SIZE) {
      shifted = low >>> location | high << (Long.SIZE - location);
    } else {
      shifted = high >>> (location - Long.SIZE);
    }
    return shifted & ((1L << bits) - 1);
  }
}
