package dev.mer4j.data.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.FileException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * All of a store but the features, checked.
 *
 * @param recordsEnd where the features end
 */
record StoreContents(List<StoreEntry> entries, StoreInfo info, long recordsEnd) {
  StoreContents {
    entries = List.copyOf(entries);
  }

  static StoreContents read(Path path, FileChannel channel) throws IOException {
    checkHeader(path, channel);
    StoreFormat.Trailer trailer = trailer(path, channel);
    List<StoreEntry> entries =
        StoreFormat.decode(block(path, channel, trailer.index(), "its index"), trailer.segments());
    ByteBuffer json = block(path, channel, trailer.info(), "its description");
    byte[] bytes = new byte[json.remaining()];
    json.get(bytes);
    StoreInfo info = new JsonMapper().readValue(bytes, StoreInfo.class);
    long recordsEnd = trailer.index().offset();
    for (StoreEntry entry : entries) {
      entry
          .places()
          .forEach(
              (modality, place) -> {
                long end = place.offset() + entry.bytes(modality, info);
                if (place.offset() < StoreFormat.HEADER_BYTES
                    || place.offset() % Float.BYTES != 0
                    || end > recordsEnd) {
                  throw damaged(path, "the place of " + entry.info().id());
                }
              });
    }
    return new StoreContents(entries, info, recordsEnd);
  }

  private static void checkHeader(Path path, FileChannel channel) throws IOException {
    if (channel.size() < StoreFormat.HEADER_BYTES) {
      throw new FileException(path, "is not a store of segments");
    }
    ByteBuffer header = bytes(channel, 0, StoreFormat.HEADER_BYTES);
    if (header.getLong() != StoreFormat.MAGIC) {
      throw new FileException(path, "is not a store of segments");
    }
    int version = header.getInt();
    if (version != StoreFormat.VERSION) {
      throw new FileException(
          path,
          "is a store of version %d, this program reads version %d; prepare the data again"
              .formatted(version, StoreFormat.VERSION));
    }
  }

  private static StoreFormat.Trailer trailer(Path path, FileChannel channel) throws IOException {
    long start = channel.size() - StoreFormat.TRAILER_BYTES;
    if (start >= StoreFormat.HEADER_BYTES) {
      ByteBuffer trailer = bytes(channel, start, StoreFormat.TRAILER_BYTES);
      int last = StoreFormat.TRAILER_BYTES - Integer.BYTES;
      if (trailer.getInt(last) == StoreFormat.crc(trailer.duplicate().limit(last))) {
        return StoreFormat.Trailer.decode(trailer);
      }
    }
    throw new FileException(path, "is cut off or damaged at its end; prepare the data again");
  }

  private static ByteBuffer block(
      Path path, FileChannel channel, StoreFormat.Block block, String what) throws IOException {
    ByteBuffer bytes = bytes(channel, block.offset(), block.length());
    if (StoreFormat.crc(bytes) != block.crc()) {
      throw damaged(path, what);
    }
    return bytes;
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int length)
      throws IOException {
    ByteBuffer bytes = StoreFormat.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new EOFException("it ends early");
      }
    }
    return bytes.flip();
  }

  static FileException damaged(Path path, String what) {
    return new FileException(path, what + " is damaged; prepare the data again");
  }
}
