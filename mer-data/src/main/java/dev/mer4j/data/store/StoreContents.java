package dev.mer4j.data.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.store.StoreFormat.Block;
import dev.mer4j.data.store.StoreFormat.Trailer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The contents of a store except the features. Reading checks that they are consistent with the
 * file and with each other, even for a crafted file with valid checksums.
 *
 * @param checksum of the trailer
 */
record StoreContents(List<StoreEntry> entries, StoreInfo info, int checksum) {
  private static final JsonMapper JSON = new JsonMapper();

  StoreContents {
    entries = List.copyOf(entries);
  }

  static StoreContents read(StoreFile file) throws IOException {
    int version = version(file);
    Trailer trailer = trailer(file);
    if (trailer.version() != version) {
      throw damaged(file.path(), "its header");
    }
    ByteBuffer index = block(file, trailer.index(), "its index");
    StoreInfo info = info(file.path(), block(file, trailer.info(), "its description"));
    List<StoreEntry> entries = entries(file.path(), index, trailer.segments(), info);
    checkWidths(file.path(), info);
    checkEntries(file.path(), entries, info, trailer.index().offset());
    return new StoreContents(entries, info, trailer.checksum());
  }

  private static int version(StoreFile file) {
    if (file.size() < StoreFormat.HEADER_BYTES) {
      throw new FileException(file.path(), "is not a store of segments");
    }
    ByteBuffer header = file.bytes(0, StoreFormat.HEADER_BYTES);
    if (header.getLong() != StoreFormat.MAGIC) {
      throw new FileException(file.path(), "is not a store of segments");
    }
    int version = header.getInt();
    if (version != StoreFormat.VERSION && version != StoreFormat.MOSEI_VERSION) {
      throw new FileException(
          file.path(),
          "unsupported store version "
              + version
              + ", expected version "
              + StoreFormat.MOSEI_VERSION
              + " or "
              + StoreFormat.VERSION
              + "; prepare the data again");
    }
    return version;
  }

  private static Trailer trailer(StoreFile file) {
    long start = file.size() - StoreFormat.TRAILER_BYTES;
    if (start >= StoreFormat.HEADER_BYTES) {
      ByteBuffer bytes = file.bytes(start, StoreFormat.TRAILER_BYTES);
      int last = StoreFormat.TRAILER_BYTES - Integer.BYTES;
      if (bytes.getInt(last) == StoreFormat.crc(bytes.duplicate().limit(last))) {
        Trailer trailer = Trailer.decode(bytes);
        if (!trailer.fits(start)) {
          throw damaged(file.path(), "its trailer");
        }
        return trailer;
      }
    }
    throw new FileException(
        file.path(), "is truncated or damaged at its end; prepare the data again");
  }

  private static ByteBuffer block(StoreFile file, Block block, String what) {
    ByteBuffer bytes = file.bytes(block.offset(), block.length());
    if (StoreFormat.crc(bytes) != block.crc()) {
      throw damaged(file.path(), what);
    }
    return bytes;
  }

  private static List<StoreEntry> entries(
      Path path, ByteBuffer index, int segments, StoreInfo info) {
    List<Modality> order = ModalitySet.of(info.widths().modalities()).bitOrder();
    try {
      List<StoreEntry> entries = StoreFormat.decode(index, segments, order, info.labels());
      if (!index.hasRemaining()) {
        return entries;
      }
    } catch (RuntimeException e) {
      throw new FileException(path, "its index is damaged; prepare the data again", e);
    }
    throw damaged(path, "its index");
  }

  private static StoreInfo info(Path path, ByteBuffer json) {
    byte[] bytes = new byte[json.remaining()];
    json.get(bytes);
    try {
      return Objects.requireNonNull(JSON.readValue(bytes, StoreInfo.class));
    } catch (IOException | RuntimeException e) {
      throw new FileException(path, "its description is damaged; prepare the data again", e);
    }
  }

  private static void checkWidths(Path path, StoreInfo info) {
    info.widths()
        .forEach(
            (modality, width) -> {
              int columns =
                  info.standardization()
                      .columns()
                      .find(modality)
                      .map(Standardization.Columns::width)
                      .orElse(0);
              if (width < 1 || columns != width) {
                throw damaged(path, "the width of its " + modality.key() + " features");
              }
            });
  }

  /** Checks that the features are contiguous between the header and the index. */
  private static void checkEntries(
      Path path, List<StoreEntry> entries, StoreInfo info, long recordsEnd) {
    long free = StoreFormat.HEADER_BYTES;
    Set<SegmentId> ids = new HashSet<>();
    for (StoreEntry entry : entries) {
      if (!ids.add(entry.info().id())) {
        throw damaged(path, "its index, which contains " + entry.info().id() + " twice,");
      }
      for (Modality modality : entry.info().modalities().toList()) {
        long offset = entry.place(modality).offset();
        long bytes = entry.bytes(modality, info);
        if (!info.widths().has(modality)
            || entry.info().steps(modality) < 0
            || offset < free
            || offset % Float.BYTES != 0
            || bytes > Math.min(recordsEnd - offset, StoreFormat.MAX_RECORD_BYTES)) {
          throw damaged(path, "the offset of " + entry.info().id());
        }
        free = offset + bytes;
      }
    }
  }

  static FileException damaged(Path path, String what) {
    return new FileException(path, what + " is damaged; prepare the data again");
  }
}
