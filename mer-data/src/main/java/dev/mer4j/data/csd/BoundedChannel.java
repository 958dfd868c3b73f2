package dev.mer4j.data.csd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * A file to read from, with an allowance: a damaged file whose structures point at one another in a
 * circle would otherwise be read for ever.
 */
final class BoundedChannel implements SeekableByteChannel {
  private static final long BYTES_PER_READ = 64;
  private static final long SMALL = 1 << 24;
  private static final long MOST = 1L << 32;

  private final FileChannel file;
  private final long allowance;
  private long used;

  BoundedChannel(FileChannel file) throws IOException {
    this.file = file;
    allowance = Math.min(MOST, SMALL + 16 * file.size());
  }

  /** Grants a new allowance. */
  void renew() {
    used = 0;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    used += BYTES_PER_READ + target.remaining();
    if (used > allowance) {
      throw new IOException("its structures refer to each other in a circle");
    }
    return file.read(target);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    file.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public boolean isOpen() {
    return file.isOpen();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }
}
