package dev.mer4j.data.internal.hdf5;

/** Rounds binary numbers to the nearest double, including subnormal ones, ties to even. */
final class Rounding {
  private Rounding() {}

  /**
   * Returns mantissa · 2^exponent, rounded once.
   *
   * @param mantissa at least 0; its lowest bit is also set if any omitted lower bit is
   */
  static double toDouble(long mantissa, int exponent) {
    int length = Long.SIZE - Long.numberOfLeadingZeros(mantissa);
    int highest = length - 1 + exponent;
    int kept = Math.min(53, 53 + highest - Double.MIN_EXPONENT);
    int dropped = length - kept;
    if (dropped <= 0) {
      return Math.scalb((double) mantissa, exponent);
    }
    if (kept < 0) {
      return 0;
    }
    long rest = mantissa & ((1L << dropped) - 1);
    long half = 1L << (dropped - 1);
    long rounded = mantissa >>> dropped;
    if (rest > half || (rest == half && (rounded & 1) == 1)) {
      rounded++;
    }
    return Math.scalb((double) rounded, exponent + dropped);
  }
}
