package dev.mer4j.data.source.array;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A few bytes in memory.
 *
 * @param start their position in the file, for messages
 */
public record HeapBytes(byte[] bytes, long start, Path file) implements ByteSource {
  @Override
  public long length() {
    return bytes.length;
  }

  @Override
  public void read(long position, ByteBuffer target) {
    checkRange(position, target.remaining());
    target.put(bytes, (int) position, target.remaining());
  }

  @Override
  public long offset(long position) {
    return start + position;
  }
}
