package dev.mer4j.data.source.pickle;

import java.io.IOException;
import java.math.BigInteger;

/** Numbers of opcodes: a Long if it fits, otherwise a BigInteger; or a Double. */
final class PickleNumbers {
  private static final int LONGEST = 1024;

  private PickleNumbers() {}

  /** Returns a decimal number, or the boolean that protocols 0 and 1 write as 00 or 01. */
  static Object integerOrBoolean(String line) {
    return switch (line) {
      case "00" -> false;
      case "01" -> true;
      default -> integer(line);
    };
  }

  /** Returns a decimal number. */
  static Number integer(String digits) {
    try {
      if (digits.length() > LONGEST) {
        throw new PickleFault("corrupt: a number of " + digits.length() + " digits");
      }
      return shortest(new BigInteger(digits.strip()));
    } catch (NumberFormatException e) {
      throw new PickleFault("corrupt: a number that is none");
    }
  }

  /** Returns a little-endian number of some bytes. */
  static Number integer(PickleInput input, long count) throws IOException {
    if (count > LONGEST) {
      throw new PickleFault("corrupt: a number of " + count + " bytes");
    }
    byte[] bytes = input.bytes((int) count);
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return bytes.length == 0 ? (Number) 0L : shortest(new BigInteger(reversed));
  }

  /** Returns a decimal fraction. */
  static Double real(String digits) {
    try {
      return switch (digits) {
        case "inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        case "nan" -> Double.NaN;
        default -> Double.valueOf(digits);
      };
    } catch (NumberFormatException e) {
      throw new PickleFault("corrupt: a number that is none");
    }
  }

  /** Returns the index of a reference. */
  static long index(String digits) {
    if (!digits.matches("\\d{1,18}")) {
      throw new PickleFault("corrupt: a reference that is not a number");
    }
    return Long.parseLong(digits);
  }

  private static Number shortest(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
  }
}
