package dev.mer4j.data.source.pickle;

import java.io.IOException;

/** The encoding of bytes as a text in a pickle. */
enum TextCodec {
  /** UTF-8 of characters up to U+00FF, each of which is a byte. */
  UTF8 {
    @Override
    int next(ByteCursor from) throws IOException {
      int lead = from.next();
      if (lead < 0x80) {
        return lead;
      }
      int trail = from.next();
      if ((lead & 0xFE) != 0xC2 || (trail & 0xC0) != 0x80) {
        throw new PickleFault("corrupt: text that stands for bytes has other characters");
      }
      return ((lead & 3) << 6) | (trail & 0x3F);
    }
  },

  /** Latin-1 with escapes of 4 hexadecimal digits, as protocol 0 writes text. */
  RAW_UNICODE_ESCAPE {
    @Override
    int next(ByteCursor from) throws IOException {
      int character = from.next();
      if (character != '\\') {
        return character;
      }
      int kind = from.next();
      int code = kind == 'u' ? hex(from, 4) : kind == 'U' ? hex(from, 8) : -1;
      if (code < 0 || code > 0xFF) {
        throw new PickleFault("corrupt: text that stands for bytes has other characters");
      }
      return code;
    }
  },

  /** A literal of Python 2 without its quotes. */
  STRING_ESCAPE {
    @Override
    int next(ByteCursor from) throws IOException {
      int character = from.next();
      if (character != '\\') {
        return character;
      }
      int kind = from.next();
      return switch (kind) {
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'x' -> hex(from, 2);
        case '\\', '\'', '"' -> kind;
        default -> throw new PickleFault("corrupt: an unknown escape in a string");
      };
    }
  };

  /** Reads the characters of one byte and returns it. */
  abstract int next(ByteCursor from) throws IOException;

  private static int hex(ByteCursor from, int digits) throws IOException {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(from.next(), 16);
      if (digit < 0) {
        throw new PickleFault("corrupt: an escape that is not hexadecimal");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
