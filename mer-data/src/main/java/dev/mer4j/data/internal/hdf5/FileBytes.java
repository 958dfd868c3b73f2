package dev.mer4j.data.internal.hdf5;

import dev.mer4j.file.ChannelIo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Access to the bytes of one file by address, with a limit on the bytes read. The limit terminates
 * the reading of a damaged file with circular references.
 *
 * <p>Small reads are cached in pages, because the structure of an entry is read in many adjacent
 * pieces of a few bytes.
 */
final class FileBytes {
  private static final long COST_PER_READ = 64;
  private static final long MIN_ALLOWANCE = 1 << 24;
  private static final long MAX_ALLOWANCE = 1L << 32;
  private static final int PAGE_BYTES = 1 << 13;
  private static final int PAGES = 32;

  private final FileChannel file;
  private final long base;
  private final long size;
  private final long allowance;
  private final int offsetBytes;
  private final int lengthBytes;
  private final @Nullable ByteBuffer[] pages = new @Nullable ByteBuffer[PAGES];
  private final long[] numbers = new long[PAGES];
  private long used;

  /**
   * @param base the position in the file of address 0
   * @param offsetBytes the number of bytes of an address in the file
   * @param lengthBytes the number of bytes of a length in the file
   */
  FileBytes(FileChannel file, long base, int offsetBytes, int lengthBytes) throws IOException {
    this.file = file;
    this.base = base;
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
    size = file.size();
    allowance = Math.min(MAX_ALLOWANCE, MIN_ALLOWANCE + 16 * size);
  }

  /** Resets the read allowance. */
  void renewAllowance() {
    used = 0;
  }

  /** Returns the size of the file. */
  long size() {
    return size;
  }

  int offsetBytes() {
    return offsetBytes;
  }

  int lengthBytes() {
    return lengthBytes;
  }

  /**
   * Returns a copy of a range of bytes.
   *
   * @throws Hdf5Exception if the range extends beyond the end of the file
   */
  Fields read(long address, long length) {
    used += COST_PER_READ + Math.max(0, length);
    if (used > allowance) {
      throw new Hdf5Exception("its structures have circular references");
    }
    long position = position(address, length);
    ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(length));
    try {
      if (length > PAGE_BYTES) {
        readFully(target, position);
      } else {
        copyFromPages(target, position);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Fields(target.flip(), offsetBytes, lengthBytes);
  }

  /**
   * Returns the position in the file of a range of bytes.
   *
   * @throws Hdf5Exception if the range extends beyond the end of the file
   */
  long position(long address, long length) {
    if (address < 0 || length < 0 || address > size - base || length > size - base - address) {
      throw beyond();
    }
    return base + address;
  }

  /** Fills a buffer up to its limit, from a position in the file. */
  void readFully(ByteBuffer target, long position) throws IOException {
    if (!ChannelIo.readFully(file::read, target, position)) {
      throw beyond();
    }
  }

  private static Hdf5Exception beyond() {
    return new Hdf5Exception("data extend beyond the end of the file");
  }

  private void copyFromPages(ByteBuffer target, long position) throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      ByteBuffer page = page(next / PAGE_BYTES);
      int from = (int) (next % PAGE_BYTES);
      int part = Math.min(target.remaining(), page.limit() - from);
      if (part <= 0) {
        throw beyond();
      }
      target.put(target.position(), page, from, part);
      target.position(target.position() + part);
      next += part;
    }
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
    ChannelIo.readFully(file::read, page, number * PAGE_BYTES);
    page.flip();
    pages[slot] = page;
    numbers[slot] = number;
    return page;
  }
}
