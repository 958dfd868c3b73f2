package dev.mer4j.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * Reads and writes whole buffers; one call of a channel may transfer only some of the bytes.
 *
 * <p>An interrupt of the thread closes a {@link java.nio.channels.FileChannel}, and these methods
 * fail then: {@link Uninterrupted} repeats work that opens its channel itself, and {@link IoReason}
 * says what happened to other work.
 */
public final class ChannelIo {
  private ChannelIo() {}

  /** Reads some bytes at a position, such as {@code FileChannel::read}. */
  @FunctionalInterface
  public interface Source {
    /** Returns how many bytes were put into the buffer; below 0 at the end. */
    int read(ByteBuffer target, long position) throws IOException;
  }

  /**
   * Reads until a buffer has no room left, or the source ends.
   *
   * @return whether the buffer is full; otherwise its position says where the source ended
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

  /** Writes all that a buffer has left. */
  public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
