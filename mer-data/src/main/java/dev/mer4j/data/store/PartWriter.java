package dev.mer4j.data.store;

import dev.mer4j.FileException;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepares the videos of a part of a store and writes them. */
final class PartWriter {
  private final PreparationFiles files;
  private final ShardFormat format;

  PartWriter(PreparationFiles files) {
    this.files = files;
    format = ShardFormat.of(files.settings().data());
  }

  /**
   * Writes a part, in its place if it has one and fits.
   *
   * @param records the file of the records in their places
   */
  void write(StorePart part, Path records, Path shard) {
    try (VideoPreparer preparer = files.preparer()) {
      List<String> all = List.copyOf(preparer.videos());
      int end = Math.min(part.to(), all.size());
      List<String> names = all.subList(Math.min(part.from(), end), end);
      List<ShardFormat.Video> placed =
          part.isPlaced() ? place(part, preparer, names, records) : null;
      if (placed != null) {
        ShardWriter.writePlaced(shard, format, part, placed);
      } else {
        writeShard(preparer, names, shard);
      }
    }
  }

  private void writeShard(VideoPreparer preparer, List<String> names, Path shard) {
    try (VideoQueue queue = new VideoQueue(List.of(preparer), names)) {
      ShardWriter.write(
          shard,
          format,
          writer -> {
            RecordWriter records = writer.records(files.settings().options().precision());
            for (String name : names) {
              writer.add(name, queue.next(), records);
            }
          });
    }
  }

  /** Writes records in their place; returns null if they have another size than planned. */
  private @Nullable List<ShardFormat.Video> place(
      StorePart part, VideoPreparer preparer, List<String> names, Path records) {
    try (VideoQueue queue = new VideoQueue(List.of(preparer), names);
        FileChannel channel = FileChannel.open(records, StandardOpenOption.WRITE)) {
      channel.position(part.start());
      RecordWriter writer = new RecordWriter(channel, files.settings().options().precision());
      List<ShardFormat.Video> videos = new ArrayList<>();
      for (String name : names) {
        PreparedVideo video = queue.next();
        long bytes = video.segments().stream().mapToLong(writer::paddedBytes).sum();
        if (channel.position() + bytes > part.end()) {
          return null;
        }
        videos.add(ShardWriter.described(name, video, writer));
      }
      return channel.position() == part.end() ? videos : null;
    } catch (IOException e) {
      throw new FileException(records, "cannot be written: " + IoReason.of(e), e);
    }
  }
}
