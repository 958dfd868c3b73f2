package dev.mer4j.data.internal.hdf5;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reverses the filters of a chunk. The memory is reused for the next chunk.
 *
 * <p>At most the expected size of the chunk is decompressed.
 */
final class ChunkDecoder implements AutoCloseable {
  /** The maximum compression ratio of Deflate and LZF. */
  static final long HIGHEST_COMPRESSION = 1032;

  private static final int CHECKSUM_BYTES = 4;

  private final Inflater inflater = new Inflater();
  private byte[] bytes = new byte[0];
  private byte[] spare = new byte[0];
  private int length;

  /** Returns the buffer for the stored bytes of a chunk, to be filled before decoding. */
  byte[] buffer(int stored) {
    bytes = atLeast(bytes, stored);
    return bytes;
  }

  /**
   * Returns the content of the chunk in the buffer, valid until the next call.
   *
   * @param skipped the bit mask of the filters that were not applied
   * @param expected the expected number of bytes of the content
   */
  byte[] decode(FilterPipeline pipeline, int stored, int skipped, int expected) {
    length = stored;
    for (int i = pipeline.filters().size() - 1; i >= 0; i--) {
      if ((skipped >>> i & 1) == 0) {
        FilterPipeline.Filter filter = pipeline.filters().get(i);
        switch (filter.id()) {
          case FilterPipeline.DEFLATE -> inflate(max(pipeline, i, skipped, expected));
          case FilterPipeline.LZF -> {
            spare = atLeast(spare, max(pipeline, i, skipped, expected));
            int written = Lzf.decompress(bytes, length, spare);
            swap(written);
          }
          case FilterPipeline.SHUFFLE -> unshuffle(filter.firstValue());
          default -> checkSum();
        }
      }
    }
    if (length != expected) {
      throw new Hdf5Exception(
          String.format(Locale.ROOT, "chunk of %d bytes, expected %d", length, expected));
    }
    return bytes;
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** Returns the maximum number of bytes before a filter, given the preceding filters. */
  private static int max(FilterPipeline pipeline, int before, int skipped, int expected) {
    int max = expected;
    for (int i = 0; i < before; i++) {
      int id = pipeline.filters().get(i).id();
      if ((skipped >>> i & 1) == 0 && id != FilterPipeline.SHUFFLE) {
        // A checksum adds 4 bytes; compressing twice may increase the size slightly.
        max += CHECKSUM_BYTES + (id == FilterPipeline.FLETCHER32 ? 0 : expected / 16 + 64);
      }
    }
    return max;
  }

  private void inflate(int max) {
    spare = atLeast(spare, max);
    inflater.reset();
    inflater.setInput(bytes, 0, length);
    try {
      int done = 0;
      while (done < max && !inflater.finished()) {
        int part = inflater.inflate(spare, done, max - done);
        if (part == 0 && !inflater.finished()) {
          throw new Hdf5Exception(
              String.format(Locale.ROOT, "chunk is truncated after %d bytes", done));
        }
        done += part;
      }
      // One more byte makes zlib verify its checksum, which detects a damaged chunk.
      if (!inflater.finished() && (inflater.inflate(new byte[1]) != 0 || !inflater.finished())) {
        throw new Hdf5Exception(
            String.format(Locale.ROOT, "chunk exceeds its expected size of %d bytes", done));
      }
      swap(done);
    } catch (DataFormatException e) {
      throw new Hdf5Exception("chunk is damaged: " + e.getMessage(), e);
    }
  }

  /** Restores the values from the byte planes of the shuffle filter. */
  private void unshuffle(int valueBytes) {
    if (valueBytes < 1) {
      throw new Hdf5Exception(
          String.format(Locale.ROOT, "shuffled values of %d bytes", valueBytes));
    }
    spare = atLeast(spare, length);
    int count = length / valueBytes;
    for (int b = 0; b < valueBytes; b++) {
      for (int i = 0; i < count; i++) {
        spare[i * valueBytes + b] = bytes[b * count + i];
      }
    }
    int whole = count * valueBytes;
    System.arraycopy(bytes, whole, spare, whole, length - whole);
    swap(length);
  }

  private void checkSum() {
    int content = length - CHECKSUM_BYTES;
    if (content < 0) {
      throw new Hdf5Exception("chunk is shorter than its checksum");
    }
    int found = Fletcher32.sum(bytes, content);
    int stored = (int) NumberType.bits(bytes, content, CHECKSUM_BYTES, ByteOrder.LITTLE_ENDIAN);
    // Old libraries wrote the bytes of each half in reverse order.
    int reversed = ((stored & 0x00ff00ff) << 8) | ((stored >>> 8) & 0x00ff00ff);
    if (found != stored && found != reversed) {
      throw new Hdf5Exception("checksum mismatch in a chunk");
    }
    length = content;
  }

  private void swap(int newLength) {
    byte[] kept = bytes;
    bytes = spare;
    spare = kept;
    length = newLength;
  }

  private static byte[] atLeast(byte[] array, int size) {
    return array.length < size ? new byte[size] : array;
  }
}
