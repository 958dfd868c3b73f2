package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.file.ChannelIo;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * Random access to the bytes of a store file, in chunks. Thread-safe.
 *
 * <p>This does not map the file, because truncating a mapped file crashes the JVM. It does not use
 * a {@link java.nio.channels.FileChannel}, because interrupting a reading thread closes the channel
 * for all threads. The asynchronous channel avoids both problems; its reads run in the calling
 * thread.
 */
final class StoreFile implements AutoCloseable {
  /** Large enough to make the cost of calls negligible, small enough for the processor cache. */
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path path;
  private final AsynchronousFileChannel channel;
  private final long size;
  private final Queue<ByteBuffer> chunks = new ConcurrentLinkedQueue<>();

  StoreFile(Path path) throws IOException {
    this.path = path;
    channel =
        AsynchronousFileChannel.open(path, Set.of(StandardOpenOption.READ), new DirectExecutor());
    size = channel.size();
  }

  Path path() {
    return path;
  }

  /** Returns the number of bytes when the file was opened. */
  long size() {
    return size;
  }

  /** Consumes bytes of a file, little-endian, in chunks. */
  @FunctionalInterface
  private interface Sink {
    void accept(ByteBuffer chunk);
  }

  /**
   * Reads bytes, little-endian.
   *
   * @throws FileException if the file is too short or cannot be read
   */
  ByteBuffer bytes(long position, int count) {
    ByteBuffer all = StoreFormat.allocate(count);
    read(position, count, all::put);
    return all.flip();
  }

  /**
   * Reads features.
   *
   * @param target an array of at least {@code at + count} values
   * @throws FileException if the file is too short or cannot be read
   */
  void floats(long position, Precision precision, float[] target, int at, int count) {
    int[] next = {at};
    Sink sink =
        switch (precision) {
          case FLOAT32 ->
              chunk -> {
                int values = chunk.remaining() / Float.BYTES;
                chunk.asFloatBuffer().get(target, next[0], values);
                next[0] += values;
              };
          case FLOAT16 ->
              chunk -> {
                while (chunk.hasRemaining()) {
                  target[next[0]++] = Float16.value(chunk.getShort());
                }
              };
        };
    read(position, (long) count * precision.bytes(), sink);
  }

  /**
   * Returns the CRC-32C of a range of bytes.
   *
   * @throws FileException if the file is too short or cannot be read
   */
  int crc(long position, long count) {
    CRC32C crc = new CRC32C();
    read(position, count, crc::update);
    return (int) crc.getValue();
  }

  private void read(long position, long count, Sink sink) {
    ByteBuffer chunk = chunks.poll();
    if (chunk == null) {
      chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
    for (long done = 0; done < count; done += CHUNK_BYTES) {
      chunk.clear().limit((int) Math.min(CHUNK_BYTES, count - done));
      fill(chunk, position + done);
      sink.accept(chunk.flip());
    }
    chunks.add(chunk);
  }

  private void fill(ByteBuffer chunk, long position) {
    try {
      if (!ChannelIo.readFully(this::readSome, chunk, position)) {
        throw new FileException(
            path,
            "is truncated: no byte at offset "
                + (position + chunk.position())
                + "; prepare the data again");
      }
    } catch (IOException e) {
      throw new FileException(path, "cannot be read: " + IoReason.of(e), e);
    }
  }

  /** Reads and waits for completion despite interrupts, because the buffer is in use until then. */
  private int readSome(ByteBuffer chunk, long position) throws IOException {
    Future<Integer> read = channel.read(chunk, position);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return read.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
