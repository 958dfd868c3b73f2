package dev.mer4j.data.source.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A part of a source. */
record Slice(ByteSource whole, long from, long length) implements ByteSource {
  Slice {
    whole.checkRange(from, length);
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    checkRange(position, target.remaining());
    whole.read(from + position, target);
  }

  @Override
  public long offset(long position) {
    return whole.offset(from + position);
  }

  @Override
  public Path file() {
    return whole.file();
  }

  @Override
  public ByteSource slice(long start, long count) {
    checkRange(start, count);
    return new Slice(whole, from + start, count);
  }
}
