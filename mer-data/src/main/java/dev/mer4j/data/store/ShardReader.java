package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.file.ChannelIo;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Reads a shard. */
final class ShardReader implements AutoCloseable {
  /** Fits into a cache, which makes it faster than {@link FileChannel#transferTo}. */
  private static final int COPIED_BYTES = 1 << 17;

  private final Path shard;
  private final FileChannel channel;
  private final long recordsEnd;
  private final List<ShardFormat.Video> videos;

  private ShardReader(Path shard, FileChannel channel, ShardFormat format) throws IOException {
    this.shard = shard;
    this.channel = channel;
    long end = channel.size() - ShardFormat.TRAILER_BYTES;
    if (end < StoreFormat.HEADER_BYTES || bytes(0, Long.BYTES).getLong() != ShardFormat.MAGIC) {
      throw new FileException(shard, "is not a shard of a store");
    }
    ByteBuffer trailer = bytes(end, ShardFormat.TRAILER_BYTES);
    recordsEnd = trailer.getLong();
    long length = end - recordsEnd;
    if (recordsEnd < StoreFormat.HEADER_BYTES || length < 0 || length > Integer.MAX_VALUE - 8) {
      throw StoreContents.damaged(shard, "its trailer");
    }
    ByteBuffer descriptions = bytes(recordsEnd, (int) length);
    if (StoreFormat.crc(descriptions) != trailer.getInt()) {
      throw StoreContents.damaged(shard, "its description");
    }
    byte[] content = new byte[(int) length];
    descriptions.get(content);
    videos = decode(format, content);
  }

  private List<ShardFormat.Video> decode(ShardFormat format, byte[] content) {
    try {
      return format.decode(content);
    } catch (IOException | RuntimeException e) {
      throw new FileException(shard, "its description is damaged; prepare the data again", e);
    }
  }

  /**
   * Opens a shard.
   *
   * @throws FileException if it cannot be read, or is damaged
   */
  static ShardReader open(Path shard, ShardFormat format) {
    try {
      FileChannel channel = FileChannel.open(shard, StandardOpenOption.READ);
      try {
        return new ShardReader(shard, channel, format);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new FileException(shard, "cannot be read: " + IoReason.of(e), e);
    }
  }

  private ByteBuffer bytes(long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    if (!ChannelIo.readFully(channel::read, bytes, position)) {
      throw new FileException(shard, "is truncated; prepare the data again");
    }
    return bytes.flip();
  }

  Path path() {
    return shard;
  }

  /** Returns the videos in their order. */
  List<ShardFormat.Video> videos() {
    return videos;
  }

  /** Appends all records to a file. */
  void copyRecords(FileChannel target) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(COPIED_BYTES);
    for (long position = StoreFormat.HEADER_BYTES; position < recordsEnd; ) {
      bytes.clear().limit((int) Math.min(COPIED_BYTES, recordsEnd - position));
      if (!ChannelIo.readFully(channel::read, bytes, position)) {
        throw new FileException(shard, "is truncated; prepare the data again");
      }
      position += bytes.position();
      ChannelIo.writeFully(target, bytes.flip());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new FileException(shard, "cannot be closed: " + IoReason.of(e), e);
    }
  }
}
