package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.HeapBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Bytes of a pickle.
 *
 * @param isText whether Python 2 wrote them, for which text is bytes
 */
record PyBytes(ByteSource bytes, boolean isText) {
  /** Returns the bytes that are the characters of a short text. */
  static PyBytes ofLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xFF) {
        throw new PickleFault("corrupt: text that stands for bytes has other characters");
      }
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new PyBytes(new HeapBytes(bytes, 0, Path.of("")), false);
  }
}
