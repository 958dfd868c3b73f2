package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ByteSource;
import dev.mer4j.data.source.array.HeapBytes;
import java.io.IOException;

/** Texts and bytes of opcodes; long ones stay in the file. */
final class PickleStrings {
  private static final int SHORT = 256;

  private final PickleInput input;
  private final HeapBudget heap;

  PickleStrings(PickleInput input, HeapBudget heap) {
    this.input = input;
    this.heap = heap;
  }

  /** Returns a text in UTF-8 of some bytes. */
  Object text(long length) throws IOException {
    if (length > SHORT) {
      heap.charge(0);
      return new PyText(input.skip(length), TextCodec.UTF8);
    }
    String text = PyText.decode(input.bytes((int) length), TextCodec.UTF8);
    heap.charge(2L * text.length());
    return text;
  }

  /** Returns the text of a line, as protocol 0 writes it. */
  Object textLine() throws IOException {
    ByteSource line = input.skipLine();
    PyText text = new PyText(line, TextCodec.RAW_UNICODE_ESCAPE);
    heap.charge(0);
    return line.length() > SHORT ? text : text.read(heap);
  }

  /** Returns the string of a line, a literal of Python 2. */
  PyBytes quotedLine() throws IOException {
    ByteSource line = input.skipLine();
    long length = line.length();
    byte first = length < 2 ? 0 : line.bytes(0, 1)[0];
    byte last = length < 2 ? 0 : line.bytes(length - 1, 1)[0];
    if (first != last || (first != '\'' && first != '"')) {
      throw new PickleFault("corrupt: a string without quotes");
    }
    heap.charge(0);
    ByteSource inner = line.slice(1, length - 2);
    return new PyBytes(DecodedBytes.scan(inner, TextCodec.STRING_ESCAPE), true);
  }

  /** Returns some bytes. */
  PyBytes bytes(long length, boolean isText) throws IOException {
    if (length < 0) {
      throw new PickleFault("corrupt: a length of " + length + " bytes");
    }
    heap.charge(Math.min(length, SHORT));
    if (length > SHORT) {
      return new PyBytes(input.skip(length), isText);
    }
    long start = input.source().offset(input.position());
    byte[] bytes = input.bytes((int) length);
    return new PyBytes(new HeapBytes(bytes, start, input.source().file()), isText);
  }
}
