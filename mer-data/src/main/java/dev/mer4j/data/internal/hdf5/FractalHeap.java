package dev.mer4j.data.internal.hdf5;

/**
 * A heap of small objects in blocks of growing size.
 *
 * <p>Each row of the block table has the same number of blocks. The blocks of the first two rows
 * have the starting size; the size doubles with each further row.
 */
final class FractalHeap {
  private static final int TINY = 2;

  private final FileBytes file;
  private final int offsetBytes;
  private final int lengthBytes;
  private final int width;
  private final long startingBytes;
  private final long maxDirectBytes;
  private final long root;
  private final boolean direct;

  private FractalHeap(FileBytes file, Fields header) {
    this.file = file;
    header.signature("FRHP");
    header.version("fractal heap", 0);
    header.skip(2);
    int filterBytes = header.unsigned16();
    header.skip(1);
    long maxManaged = header.unsigned32();
    header.skip(2L * file.offsetBytes() + 10L * file.lengthBytes());
    width = header.unsigned16();
    startingBytes = header.length();
    maxDirectBytes = header.length();
    offsetBytes = (header.unsigned16() + 7) / 8;
    header.skip(2);
    root = header.offset();
    direct = header.unsigned16() == 0;
    if (filterBytes > 0) {
      throw new UnsupportedHdf5Exception("groups with compressed names");
    }
    header.checksum();
    if (width == 0 || startingBytes <= 0 || maxDirectBytes <= 0) {
      throw new Hdf5Exception("fractal heap with empty blocks");
    }
    lengthBytes = Math.min((log2(maxDirectBytes) + 7) / 8, log2(Math.max(1, maxManaged)) / 8 + 1);
  }

  static FractalHeap read(FileBytes file, long address) {
    long bytes = 26L + 12L * file.lengthBytes() + 3L * file.offsetBytes();
    return new FractalHeap(file, file.read(address, bytes));
  }

  /** Returns the object that an id refers to. */
  Fields get(Fields id) {
    int flags = id.unsigned8();
    int kind = flags >> 4 & 3;
    if (kind == TINY) {
      return id.part((flags & 15) + 1L);
    }
    if (flags >> 6 != 0 || kind != 0) {
      throw new UnsupportedHdf5Exception("names of more than 4,096 bytes");
    }
    long offset = id.unsigned(offsetBytes);
    long length = id.unsigned(lengthBytes);
    return direct ? file.read(Math.addExact(root, offset), length) : find(root, offset, length);
  }

  private static int log2(long value) {
    return 63 - Long.numberOfLeadingZeros(value);
  }

  /** Descends from an indirect block to the direct block that contains an offset. */
  private Fields find(long top, long start, long length) {
    long block = top;
    long offset = start;
    while (true) {
      long inRows = offset / (startingBytes * width);
      int row = inRows == 0 ? 0 : 64 - Long.numberOfLeadingZeros(inRows);
      long blockBytes = row == 0 ? startingBytes : startingBytes << (row - 1);
      long rowStart = row == 0 ? 0 : (startingBytes * width) << (row - 1);
      if (blockBytes <= 0 || offset < rowStart) {
        throw new Hdf5Exception("fractal heap has no offset " + start);
      }
      long column = (offset - rowStart) / blockBytes;
      file.read(block, 4).signature("FHIB");
      long pointers = block + 5 + file.offsetBytes() + offsetBytes;
      long pointer = pointers + ((long) row * width + column) * file.offsetBytes();
      long child = file.read(pointer, file.offsetBytes()).offset();
      offset = offset - rowStart - column * blockBytes;
      if (blockBytes <= maxDirectBytes) {
        return file.read(Math.addExact(child, offset), length);
      }
      block = child;
    }
  }
}
