package dev.mer4j.data.internal.hdf5;

import org.jspecify.annotations.Nullable;

/** The index of a table of fixed size: an array of all chunks, in pages if it is large. */
final class FixedArray {
  private final FileBytes file;
  private final int chunkBytes;
  private final int elementBytes;
  private final long pageElements;
  private final long count;
  private final long block;

  private FixedArray(FileBytes file, Fields header, int chunkBytes) {
    this.file = file;
    this.chunkBytes = chunkBytes;
    header.signature("FAHD");
    header.version("fixed array", 0);
    header.skip(1);
    elementBytes = header.unsigned8();
    pageElements = 1L << (header.unsigned8() & 63);
    count = header.length();
    block = header.offset();
    header.checksum();
    if (elementBytes < file.offsetBytes()) {
      throw new Hdf5Exception("array of chunks without addresses");
    }
  }

  static FixedArray open(FileBytes file, long address, int chunkBytes) {
    long bytes = 12L + file.lengthBytes() + file.offsetBytes();
    return new FixedArray(file, file.read(address, bytes), chunkBytes);
  }

  @Nullable StoredChunk get(long index) {
    if (index >= count || block == Fields.UNDEFINED) {
      return null;
    }
    long elements = block + 6 + file.offsetBytes();
    if (count <= pageElements) {
      return read(elements + index * elementBytes);
    }
    long page = index / pageElements;
    long pages = (count + pageElements - 1) / pageElements;
    int written = file.read(elements + page / 8, 1).unsigned8();
    if ((written & 0x80 >> page % 8) == 0) {
      return null;
    }
    long first = elements + (pages + 7) / 8 + 4;
    long start = first + page * (pageElements * elementBytes + 4);
    return read(start + index % pageElements * elementBytes);
  }

  private @Nullable StoredChunk read(long address) {
    return StoredChunk.read(file.read(address, elementBytes), chunkBytes);
  }
}
