package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.data.Segment;
import dev.mer4j.data.Split;
import dev.mer4j.file.ChannelIo;
import dev.mer4j.file.IoReason;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Writes a shard, which appears as a whole, in an existing folder. It is not forced to disk, since
 * it does not outlive the program that merges it.
 */
final class ShardWriter {
  private final ShardFormat format;
  private final FileChannel channel;
  private final ByteArrayOutputStream descriptions = new ByteArrayOutputStream();
  private final DataOutputStream target = new DataOutputStream(descriptions);
  private long placedEnd;

  private ShardWriter(ShardFormat format, FileChannel channel) {
    this.format = format;
    this.channel = channel;
  }

  /** The videos of a shard. */
  @FunctionalInterface
  interface Content {
    /** Adds the videos in their order. */
    void writeTo(ShardWriter shard) throws IOException;
  }

  /**
   * Writes a shard, and replaces an earlier one.
   *
   * @throws FileException if it cannot be written
   */
  static void write(Path shard, ShardFormat format, Content content) {
    write(shard, format, 0, content);
  }

  /**
   * Writes a shard whose records are in another file, and replaces an earlier one.
   *
   * @throws FileException if it cannot be written
   */
  static void writePlaced(
      Path shard, ShardFormat format, StorePart part, List<ShardFormat.Video> videos) {
    write(
        shard,
        format,
        part.start(),
        writer -> {
          for (ShardFormat.Video video : videos) {
            writer.add(video);
          }
          writer.placedEnd = part.end();
        });
  }

  private static void write(Path shard, ShardFormat format, long place, Content content) {
    Path part = shard.resolveSibling(shard.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ChannelIo.writeFully(channel, ShardFormat.header(place));
        ShardWriter writer = new ShardWriter(format, channel);
        content.writeTo(writer);
        writer.finish();
      }
      Files.move(part, shard, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new FileException(shard, "cannot be written: " + IoReason.of(e), e);
    } finally {
      deleteQuietly(part);
    }
  }

  private static void deleteQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // Its folder is deleted at the end.
    }
  }

  /** Returns a writer of records into this shard. */
  RecordWriter records(Precision precision) {
    return new RecordWriter(channel, precision);
  }

  /** Adds a video with its records. */
  void add(String name, PreparedVideo video, RecordWriter records) throws IOException {
    add(described(name, video, records));
  }

  /** Writes the records of a video. */
  static ShardFormat.Video described(String name, PreparedVideo video, RecordWriter records)
      throws IOException {
    List<StoreEntry> entries = new ArrayList<>();
    for (Segment segment : video.segments()) {
      entries.add(new StoreEntry(segment.info(), Split.NONE, records.write(segment)));
    }
    return new ShardFormat.Video(name, entries, video.statistics());
  }

  /** Adds a video whose records, if any, are written already. */
  void add(ShardFormat.Video video) throws IOException {
    format.encode(video, target);
  }

  private void finish() throws IOException {
    ByteBuffer videos = ByteBuffer.wrap(descriptions.toByteArray());
    ByteBuffer trailer =
        ByteBuffer.allocate(ShardFormat.TRAILER_BYTES)
            .putLong(channel.position())
            .putLong(placedEnd == 0 ? channel.position() : placedEnd)
            .putInt(StoreFormat.crc(videos))
            .flip();
    ChannelIo.writeFully(channel, videos);
    ChannelIo.writeFully(channel, trailer);
  }
}
