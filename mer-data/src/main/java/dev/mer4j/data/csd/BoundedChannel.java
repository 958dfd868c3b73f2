package dev.mer4j.data.csd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file to read from, with an allowance: a damaged file whose structures point at one another in a
 * circle would otherwise be read for ever.
 *
 * <p>Small reads are served from pages in memory, because jHDF asks the system dozens of times for
 * an entry's few hundred bytes of structure, which lie close together.
 */
final class BoundedChannel implements SeekableByteChannel {
  private static final long BYTES_PER_READ = 64;
  private static final long SMALL = 1 << 24;
  private static final long MOST = 1L << 32;
  private static final int PAGE_BYTES = 1 << 13;
  private static final int PAGES = 32;

  private final FileChannel file;
  private final long allowance;
  private final @Nullable ByteBuffer[] pages = new @Nullable ByteBuffer[PAGES];
  private final long[] numbers = new long[PAGES];
  private long position;
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
    if (target.remaining() > PAGE_BYTES) {
      int read = file.read(target, position);
      position += Math.max(0, read);
      return read;
    }
    int before = target.remaining();
    while (target.hasRemaining()) {
      ByteBuffer page = page(position / PAGE_BYTES);
      int from = (int) (position % PAGE_BYTES);
      int part = Math.min(target.remaining(), page.limit() - from);
      if (part <= 0) {
        break;
      }
      target.put(target.position(), page, from, part);
      target.position(target.position() + part);
      position += part;
    }
    return before > 0 && target.remaining() == before ? -1 : before - target.remaining();
  }

  /** Returns a page from its first byte up to its limit, which is lower at the end of the file. */
  private ByteBuffer page(long number) throws IOException {
    int slot = (int) (number % PAGES);
    ByteBuffer kept = pages[slot];
    if (kept != null && numbers[slot] == number) {
      return kept;
    }
    ByteBuffer page = kept == null ? ByteBuffer.allocate(PAGE_BYTES) : kept;
    pages[slot] = null;
    page.clear();
    while (page.hasRemaining() && file.read(page, number * PAGE_BYTES + page.position()) >= 0) {}
    page.flip();
    pages[slot] = page;
    numbers[slot] = number;
    return page;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    if (newPosition < 0) {
      throw new IllegalArgumentException("a position before the file: " + newPosition);
    }
    position = newPosition;
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
