package dev.mer4j.data.internal.hdf5;

import org.jspecify.annotations.Nullable;

/**
 * The index of a table that can grow in one dimension.
 *
 * <p>The first elements are in the index block. The others are in data blocks, grouped by super
 * blocks: super block s has 2^(s/2) data blocks of 2^((s+1)/2) times the minimum number of
 * elements. The index block itself points to the data blocks of the first super blocks. A large
 * data block is divided into pages.
 */
final class ExtensibleArray {
  private final FileBytes file;
  private final int chunkBytes;
  private final int elementBytes;
  private final int positionBytes;
  private final int inIndexBlock;
  private final int minElements;
  private final int minPointers;
  private final long pageElements;
  private final long indexBlock;

  private ExtensibleArray(FileBytes file, Fields header, int chunkBytes) {
    this.file = file;
    this.chunkBytes = chunkBytes;
    header.signature("EAHD");
    header.version("extensible array", 0);
    header.skip(1);
    elementBytes = header.unsigned8();
    positionBytes = (header.unsigned8() + 7) / 8;
    inIndexBlock = header.unsigned8();
    minElements = header.unsigned8();
    minPointers = header.unsigned8();
    pageElements = 1L << (header.unsigned8() & 63);
    header.skip(6L * file.lengthBytes());
    indexBlock = header.offset();
    header.checksum();
    if (elementBytes < file.offsetBytes()
        || Integer.bitCount(minElements) != 1
        || Integer.bitCount(minPointers) != 1) {
      throw new Hdf5Exception("array of chunks with invalid block sizes");
    }
  }

  static ExtensibleArray open(FileBytes file, long address, int chunkBytes) {
    long bytes = 16L + 6L * file.lengthBytes() + file.offsetBytes();
    return new ExtensibleArray(file, file.read(address, bytes), chunkBytes);
  }

  @Nullable StoredChunk get(long index) {
    if (indexBlock == Fields.UNDEFINED) {
      return null;
    }
    long elements = indexBlock + 6 + file.offsetBytes();
    if (index < inIndexBlock) {
      return read(elements + index * elementBytes);
    }
    long rest = index - inIndexBlock;
    int superBlock = 63 - Long.numberOfLeadingZeros(rest / minElements + 1);
    long blockElements = (long) minElements << ((superBlock + 1) / 2);
    // Super blocks 0 to s - 1 have (2^s - 1) times the minimum number of elements.
    long within = rest - ((1L << superBlock) - 1) * minElements;
    long block = within / blockElements;
    long position = within % blockElements;
    int direct = 2 * (31 - Integer.numberOfLeadingZeros(minPointers));
    long pointers = elements + (long) inIndexBlock * elementBytes;
    if (superBlock < direct) {
      long before = dataBlocksBefore(superBlock);
      long address = pointer(pointers + (before + block) * file.offsetBytes());
      return inDataBlock(address, blockElements, position, true);
    }
    long superPointers = pointers + 2L * (minPointers - 1) * file.offsetBytes();
    long address = pointer(superPointers + (long) (superBlock - direct) * file.offsetBytes());
    return inSuperBlock(address, superBlock, block, blockElements, position);
  }

  /** Returns the number of data blocks of the preceding super blocks. */
  private static long dataBlocksBefore(int superBlock) {
    long blocks = 0;
    for (int s = 0; s < superBlock; s++) {
      blocks += 1L << (s / 2);
    }
    return blocks;
  }

  private @Nullable StoredChunk inSuperBlock(
      long address, int superBlock, long block, long blockElements, long position) {
    if (address == Fields.UNDEFINED) {
      return null;
    }
    file.read(address, 4).signature("EASB");
    long bitmap = address + 6 + file.offsetBytes() + positionBytes;
    long pages = blockElements > pageElements ? blockElements / pageElements : 0;
    long blocks = 1L << (superBlock / 2);
    long pointers = bitmap + blocks * ((pages + 7) / 8);
    boolean written = true;
    if (pages > 0) {
      long bit = block * pages + position / pageElements;
      written = (file.read(bitmap + bit / 8, 1).unsigned8() & 0x80 >> bit % 8) != 0;
    }
    long dataBlock = pointer(pointers + block * file.offsetBytes());
    return inDataBlock(dataBlock, blockElements, position, written);
  }

  private @Nullable StoredChunk inDataBlock(
      long address, long blockElements, long position, boolean written) {
    if (address == Fields.UNDEFINED || !written) {
      return null;
    }
    file.read(address, 4).signature("EADB");
    long elements = address + 6 + file.offsetBytes() + positionBytes;
    if (blockElements <= pageElements) {
      return read(elements + position * elementBytes);
    }
    long page = elements + 4 + position / pageElements * (pageElements * elementBytes + 4);
    return read(page + position % pageElements * elementBytes);
  }

  private long pointer(long address) {
    return file.read(address, file.offsetBytes()).offset();
  }

  private @Nullable StoredChunk read(long address) {
    return StoredChunk.read(file.read(address, elementBytes), chunkBytes);
  }
}
