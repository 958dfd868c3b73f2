package dev.mer4j.data.internal.hdf5;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The type of a dataset's elements.
 *
 * @param size the bytes per element
 * @param number the number type; null if the elements are not supported numbers
 * @param text the type of strings; null if the elements are others
 * @param name such as {@code float32} or {@code string}
 */
record Datatype(int size, @Nullable NumberType number, @Nullable StringType text, String name) {
  private static final int MAX_NESTING = 4;

  static Datatype read(Fields message) {
    return read(message, 0);
  }

  private static Datatype read(Fields message, int depth) {
    int kind = message.unsigned8() & 15;
    int bits = (int) message.unsigned(3);
    long size = message.unsigned32();
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw new Hdf5Exception("elements of " + size + " bytes");
    }
    int bytes = (int) size;
    ByteOrder order = (bits & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return switch (kind) {
      case 0 -> integer(message, bytes, order, (bits & 8) != 0);
      case 1 -> floatingPoint(message, bytes, order, bits);
      case 2 -> other(bytes, "time");
      case 3 -> string(bytes, StringType.fixed(bits));
      case 4 -> integer(message, bytes, order, false);
      case 5 -> other(bytes, "opaque");
      case 6 -> other(bytes, "compound");
      case 7 -> other(bytes, "reference");
      case 8 -> enumeration(message, depth);
      case 9 ->
          (bits & 15) == 1
              ? string(bytes, StringType.variable(bits))
              : other(bytes, "variable-length list");
      case 10 -> other(bytes, "array");
      case 11 -> other(bytes, "complex");
      default -> throw new Hdf5Exception("elements of unknown class " + kind);
    };
  }

  /** Returns the integer type of an enumeration's elements. */
  private static Datatype enumeration(Fields message, int depth) {
    if (depth == MAX_NESTING) {
      throw new Hdf5Exception("an enumeration of enumerations");
    }
    return read(message, depth + 1);
  }

  private static Datatype integer(Fields message, int size, ByteOrder order, boolean signed) {
    if (size > Long.BYTES) {
      return other(size, (signed ? "int" : "uint") + 8L * size);
    }
    int offset = message.unsigned16();
    int precision = message.unsigned16();
    return of(new IntegerType(size, order, signed, offset, precision));
  }

  private static Datatype floatingPoint(Fields message, int size, ByteOrder order, int bits) {
    if ((bits & 64) != 0) {
      return other(size, "VAX float");
    }
    if (size > 16) {
      return other(size, "float" + 8L * size);
    }
    message.skip(4);
    return of(
        new FloatType(
            size,
            order,
            bits >> 8 & 255,
            message.unsigned8(),
            message.unsigned8(),
            message.unsigned8(),
            message.unsigned8(),
            (int) message.unsigned32(),
            (bits >> 4 & 3) == 2));
  }

  private static Datatype of(NumberType number) {
    return new Datatype(number.size(), number, null, number.name());
  }

  private static Datatype string(int size, StringType type) {
    return new Datatype(size, null, type, "string");
  }

  private static Datatype other(int size, String name) {
    return new Datatype(size, null, null, name);
  }
}
