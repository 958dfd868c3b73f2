package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads a source byte by byte from any position. */
final class ByteCursor {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ByteSource source;
  private final byte[] buffer;
  private long start;
  private int at;
  private int end;

  ByteCursor(ByteSource source, long position) {
    this.source = source;
    buffer = new byte[(int) Math.min(BUFFER_BYTES, source.length() - position)];
    start = position;
  }

  long position() {
    return start + at;
  }

  boolean hasNext() {
    return position() < source.length();
  }

  int next() throws IOException {
    if (at == end) {
      if (!hasNext()) {
        throw new PickleFault("corrupt: an escape is cut off");
      }
      start += at;
      at = 0;
      end = (int) Math.min(buffer.length, source.length() - start);
      source.read(start, ByteBuffer.wrap(buffer, 0, end));
    }
    return buffer[at++] & 0xFF;
  }
}
