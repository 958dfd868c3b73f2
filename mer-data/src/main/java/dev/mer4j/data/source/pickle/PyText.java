package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text that is too long to be kept in memory before it is known whether it stands for an array.
 */
final class PyText {
  private static final long LONGEST = 1 << 24;

  private final ByteSource bytes;
  private final TextCodec codec;
  private @Nullable PyBytes encoded;

  /**
   * @param codec UTF8, or RAW_UNICODE_ESCAPE
   */
  PyText(ByteSource bytes, TextCodec codec) {
    this.bytes = bytes;
    this.codec = codec;
  }

  /** Returns the bytes that the text's characters stand for; scans the text once. */
  PyBytes encode() throws IOException {
    PyBytes known = encoded;
    if (known == null) {
      known = new PyBytes(DecodedBytes.scan(bytes, codec), false);
      encoded = known;
    }
    return known;
  }

  /** Returns the text. */
  String read(HeapBudget budget) throws IOException {
    if (bytes.length() > LONGEST) {
      throw new PickleFault("a text of " + bytes.length() + " bytes is too long");
    }
    budget.charge(2 * bytes.length());
    return decode(bytes.bytes(0, (int) bytes.length()), codec);
  }

  static String decode(byte[] bytes, TextCodec codec) {
    return codec == TextCodec.UTF8
        ? new String(bytes, StandardCharsets.UTF_8)
        : unescape(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char kind = text.charAt(i) == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
      int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
      if (digits == 0) {
        plain.append(text.charAt(i));
        continue;
      }
      try {
        plain.appendCodePoint(Integer.parseInt(text, i + 2, i + 2 + digits, 16));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new PickleFault("corrupt: an escape in a text that is not hexadecimal");
      }
      i += 1 + digits;
    }
    return plain.toString();
  }
}
