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
  private final boolean placed;
  private final long recordsStart;
  private final long recordsEnd;
  private final List<ShardFormat.Video> videos;

  private ShardReader(Path shard, FileChannel channel, ShardFormat format) throws IOException {
    this.shard = shard;
    this.channel = channel;
    long end = channel.size() - ShardFormat.TRAILER_BYTES;
    ByteBuffer header = bytes(0, (int) Math.min(channel.size(), StoreFormat.HEADER_BYTES));
    if (end < StoreFormat.HEADER_BYTES || header.getLong() != ShardFormat.MAGIC) {
      throw new FileException(shard, "is not a shard of a store");
    }
    long place = header.getLong();
    placed = place > 0;
    recordsStart = placed ? place : StoreFormat.HEADER_BYTES;
    ByteBuffer trailer = bytes(end, ShardFormat.TRAILER_BYTES);
    long start = trailer.getLong();
    recordsEnd = trailer.getLong();
    long length = end - start;
    if (start < StoreFormat.HEADER_BYTES || length < 0 || length > Integer.MAX_VALUE - 8) {
      throw StoreContents.damaged(shard, "its trailer");
    }
    ByteBuffer descriptions = bytes(start, (int) length);
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

  /** Returns whether the records are in another file, at their place in the store. */
  boolean isPlaced() {
    return placed;
  }

  /** Returns the offset of the first record in its file. */
  long recordsStart() {
    return recordsStart;
  }

  /** Returns the end of the last record in its file. */
  long recordsEnd() {
    return recordsEnd;
  }

  /**
   * Appends all records to a file.
   *
   * @param other the file of records in their place
   */
  void copyRecords(Path other, FileChannel target) throws IOException {
    if (!placed) {
      copyRecords(shard, channel, target);
      return;
    }
    try (FileChannel source = FileChannel.open(other, StandardOpenOption.READ)) {
      copyRecords(other, source, target);
    }
  }

  private void copyRecords(Path path, FileChannel source, FileChannel target) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(COPIED_BYTES);
    for (long position = recordsStart; position < recordsEnd; ) {
      bytes.clear().limit((int) Math.min(COPIED_BYTES, recordsEnd - position));
      if (!ChannelIo.readFully(source::read, bytes, position)) {
        throw new FileException(path, "is truncated; prepare the data again");
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
