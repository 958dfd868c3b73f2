package dev.mer4j.data.source.array;

import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * numpy's notation of a type, such as {@code <f4}.
 *
 * @param kind f, i, u and b numbers, U and S text, O objects; others are not supported
 * @param size bytes of a number, characters of a text
 */
public record TypeString(char kind, int size, ByteOrder order) {
  private static final Pattern NOTATION = Pattern.compile("([<>=|]?)([a-zA-Z])(\\d{0,9})");
  private static final int MOST_CHARACTERS = 1 << 24;

  /** Returns the type, or empty if this is not the notation of a plain type. */
  public static Optional<TypeString> parse(String text) {
    Matcher parts = NOTATION.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String digits = parts.group(3);
    TypeString type =
        new TypeString(
            parts.group(2).charAt(0),
            digits.isEmpty() ? 0 : Integer.parseInt(digits),
            order(parts.group(1)).orElse(ByteOrder.LITTLE_ENDIAN));
    boolean fits = type.isText() && type.size <= MOST_CHARACTERS;
    return fits || type.isObject() || type.number().isPresent()
        ? Optional.of(type)
        : Optional.empty();
  }

  /** Returns the order that a character means; nothing for types of one byte. */
  public static Optional<ByteOrder> order(String character) {
    return switch (character) {
      case ">" -> Optional.of(ByteOrder.BIG_ENDIAN);
      case "<", "=" -> Optional.of(ByteOrder.LITTLE_ENDIAN);
      default -> Optional.empty();
    };
  }

  /** Returns the same type in another order of bytes. */
  public TypeString withOrder(ByteOrder other) {
    return new TypeString(kind, size, other);
  }

  /** Returns the type of numbers, if it is one. */
  public Optional<NumberType> number() {
    return Optional.ofNullable(
        switch ("" + kind + size) {
          case "f2" -> NumberType.FLOAT16;
          case "f4" -> NumberType.FLOAT32;
          case "f8" -> NumberType.FLOAT64;
          case "i1" -> NumberType.INT8;
          case "i2" -> NumberType.INT16;
          case "i4" -> NumberType.INT32;
          case "i8" -> NumberType.INT64;
          case "u1" -> NumberType.UINT8;
          case "u2" -> NumberType.UINT16;
          case "u4" -> NumberType.UINT32;
          case "u8" -> NumberType.UINT64;
          case "b1" -> NumberType.BOOL;
          default -> null;
        });
  }

  public boolean isText() {
    return kind == 'U' || kind == 'S';
  }

  public boolean isObject() {
    return kind == 'O';
  }

  /**
   * Returns an array of this type, which is not that of objects.
   *
   * @param bytes exactly the array's
   * @throws ArrayFormatException if the bytes are not as many as the shape needs
   */
  public Node array(ByteSource bytes, Layout layout) {
    return isText()
        ? TextArray.fixed(bytes, this, layout)
        : NumericArray.of(bytes, number().orElseThrow(), order, layout);
  }
}
