package dev.mer4j.data.source.pickle;

import dev.mer4j.data.source.array.ArrayFormatException;
import dev.mer4j.data.source.array.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle in sequence; payloads are skipped. */
final class PickleInput {
  private static final int BUFFER_BYTES = 1 << 15;
  private static final int LONGEST_LINE = 4096;

  private final ByteSource source;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long bufferStart;
  private long frameEnd;

  PickleInput(ByteSource source) {
    this.source = source;
  }

  ByteSource source() {
    return source;
  }

  long position() {
    return bufferStart + buffer.position();
  }

  long remaining() {
    return source.length() - position();
  }

  int u1() throws IOException {
    return next(1).get() & 0xFF;
  }

  int u2() throws IOException {
    return next(2).getShort() & 0xFFFF;
  }

  int i4() throws IOException {
    return next(4).getInt();
  }

  long u4() throws IOException {
    return i4() & 0xFFFFFFFFL;
  }

  /** Returns a length of 8 bytes. */
  long u8() throws IOException {
    long length = next(8).getLong();
    if (length < 0) {
      throw new PickleFault(
          "corrupt: a length of " + Long.toUnsignedString(length) + " bytes; download it again");
    }
    return length;
  }

  double bigEndianDouble() throws IOException {
    return Double.longBitsToDouble(Long.reverseBytes(next(8).getLong()));
  }

  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    if (count <= BUFFER_BYTES) {
      next(count).get(bytes);
    } else {
      source.read(position(), ByteBuffer.wrap(bytes));
      moveTo(position() + count);
    }
    return bytes;
  }

  /** Returns the next bytes as a part of the source, and skips them. */
  ByteSource skip(long count) {
    requireLeft(count);
    ByteSource part = source.slice(position(), count);
    moveTo(position() + count);
    return part;
  }

  /**
   * Starts a frame. One that ends beyond the file is an error at the end of the pickle only: an
   * earlier one names the key at which the file is cut off.
   */
  void frame(long length) {
    long most = Long.MAX_VALUE - position();
    frameEnd = Math.max(frameEnd, position() + Math.min(length, most));
  }

  /** Raises an error if a frame ends beyond the file. */
  void requireFrames() {
    if (frameEnd > source.length()) {
      throw new PickleFault(
          "truncated: a frame ends at byte "
              + frameEnd
              + " of "
              + source.length()
              + "; download it again");
    }
  }

  /** Raises an error if the file ends before some bytes. */
  void requireLeft(long count) {
    if (count < 0 || count > remaining()) {
      throw new PickleFault(
          "truncated: "
              + count
              + " bytes should follow, the file has "
              + remaining()
              + " more; download it again");
    }
  }

  /** Returns a short line without its end. */
  String line() throws IOException {
    ByteSource line = skipLine();
    if (line.length() > LONGEST_LINE) {
      throw new PickleFault("corrupt: a number or name of " + line.length() + " characters");
    }
    byte[] bytes = line.bytes(0, (int) line.length());
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns a line of any length without its end, and skips it. */
  ByteSource skipLine() throws IOException {
    long start = position();
    while (u1() != '\n') {
      // The buffer refills itself.
    }
    return source.slice(start, position() - 1 - start);
  }

  private ByteBuffer next(int count) throws IOException {
    if (buffer.remaining() < count) {
      requireLeft(count);
      bufferStart = position();
      buffer.clear().limit((int) Math.min(BUFFER_BYTES, source.length() - bufferStart));
      try {
        source.read(bufferStart, buffer);
      } catch (IOException | ArrayFormatException e) {
        buffer.limit(0);
        throw e;
      }
      buffer.flip();
    }
    return buffer;
  }

  private void moveTo(long position) {
    long within = position - bufferStart;
    if (within >= 0 && within <= buffer.limit()) {
      buffer.position((int) within);
    } else {
      bufferStart = position;
      buffer.limit(0);
    }
  }
}
