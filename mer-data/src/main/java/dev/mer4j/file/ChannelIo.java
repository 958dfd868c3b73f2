package dev.mer4j.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Reads and writes whole buffers; one call of a channel may transfer only some of the bytes.
 *
 * <p>An interrupt of the thread closes a {@link java.nio.channels.FileChannel} and makes these
 * methods fail. {@link Uninterrupted} repeats work that opens its own channel; {@link IoReason}
 * describes the failure of other work.
 */
public final class ChannelIo {
  private ChannelIo() {}

  /** Reads bytes at a position, such as {@code FileChannel::read}. */
  @FunctionalInterface
  public interface Source {
    /** Returns the number of bytes read; negative at the end. */
    int read(ByteBuffer target, long position) throws IOException;
  }

  /**
   * Reads until a buffer is full or the source ends.
   *
   * @return whether the buffer is full; otherwise its position is the end of the source
   */
  public static boolean readFully(Source source, ByteBuffer target, long position)
      throws IOException {
    long next = position;
    while (target.hasRemaining()) {
      int count = source.read(target, next);
      if (count < 0) {
        return false;
      }
      next += count;
    }
    return true;
  }

  /** Writes all remaining bytes of a buffer. */
  public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
