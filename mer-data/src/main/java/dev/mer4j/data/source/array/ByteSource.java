package dev.mer4j.data.source.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Bytes that are read by position: a file, a part of one, or what is decoded from it. */
public interface ByteSource {
  long length();

  /**
   * Fills a buffer of the heap up to its limit.
   *
   * @throws ArrayFormatException if the bytes extend beyond the end
   */
  void read(long position, ByteBuffer target) throws IOException;

  /** Returns the position in the file, for messages. */
  long offset(long position);

  /** Returns the file of the bytes. */
  Path file();

  /**
   * Returns a part, which shares the bytes.
   *
   * @throws ArrayFormatException if it extends beyond the end
   */
  default ByteSource slice(long from, long length) {
    return new Slice(this, from, length);
  }

  /** Returns a copy of a few bytes. */
  default byte[] bytes(long position, int count) throws IOException {
    checkRange(position, count);
    byte[] bytes = new byte[count];
    read(position, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** Returns a copy of a few bytes as a little-endian buffer. */
  default ByteBuffer read(long position, int count) throws IOException {
    return ByteBuffer.wrap(bytes(position, count)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Throws if a range extends beyond the end. */
  default void checkRange(long position, long count) {
    if (position < 0 || count < 0 || position > length() || count > length() - position) {
      throw fault(
          Math.max(0, Math.min(position, length())),
          "truncated or corrupt: " + count + " bytes are expected here; download it again");
    }
  }

  /** Returns an error about a position. */
  default ArrayFormatException fault(long position, String problem) {
    return new ArrayFormatException(offset(position), problem);
  }
}
