package dev.mer4j.data.internal.hdf5;

import java.nio.ByteOrder;
import java.util.Locale;

/**
 * Integers of up to 8 bytes.
 *
 * @param offset the number of padding bits below the number
 * @param precision the number of bits of the number
 */
record IntegerType(int size, ByteOrder order, boolean signed, int offset, int precision)
    implements NumberType {

  IntegerType {
    if (size < 1 || size > Long.BYTES) {
      throw new UnsupportedHdf5Exception("integers of " + size + " bytes");
    }
    if (precision < 1 || offset < 0 || offset + precision > 8 * size) {
      throw new Hdf5Exception(
          String.format(
              Locale.ROOT, "integers of %d bits from bit %d in %d bytes", precision, offset, size));
    }
  }

  @Override
  public String name() {
    return (signed ? "int" : "uint") + 8 * size;
  }

  @Override
  public boolean fitsFloat() {
    return false;
  }

  @Override
  public boolean isJava() {
    return false;
  }

  @Override
  public double decode(byte[] bytes, int position) {
    // Shifting the number to the upper end and back clears or sign-extends the bits above it.
    int above = Long.SIZE - precision;
    long bits = NumberType.bits(bytes, position, size, order) >>> offset << above;
    if (signed) {
      return bits >> above;
    }
    long value = bits >>> above;
    return value >= 0 ? value : Rounding.toDouble((value >>> 1) | (value & 1), 1);
  }
}
