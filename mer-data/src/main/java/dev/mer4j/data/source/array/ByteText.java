package dev.mer4j.data.source.array;

import java.nio.charset.StandardCharsets;

/** Text that was stored as bytes of an unknown character set, as by Python 2. */
public final class ByteText {
  private ByteText() {}

  /** Decodes UTF-8, or Latin-1 if the bytes are not valid UTF-8. */
  public static String decode(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
