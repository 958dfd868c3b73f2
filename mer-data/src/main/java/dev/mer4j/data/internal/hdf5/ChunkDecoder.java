package dev.mer4j.data.internal.hdf5;

import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes back what filters have done to a chunk. Its memory is used again for the next chunk.
 *
 * <p>No more is decompressed than the chunk may hold.
 */
final class ChunkDecoder implements AutoCloseable {
  /** Deflate and LZF never do better. */
  static final long HIGHEST_COMPRESSION = 1032;

  private static final int CHECKSUM_BYTES = 4;

  private final Inflater inflater = new Inflater();
  private byte[] bytes = new byte[0];
  private byte[] spare = new byte[0];
  private int length;

  /** Returns room for what is stored of a chunk, to be filled before it is decoded. */
  byte[] room(int stored) {
    bytes = atLeast(bytes, stored);
    return bytes;
  }

  /**
   * Returns the content of the chunk in the room, which is valid until the next call.
   *
   * @param skipped a bit for each filter that was not applied
   * @param expected how many bytes the content should have
   */
  byte[] decode(FilterPipeline pipeline, int stored, int skipped, int expected) {
    length = stored;
    for (int i = pipeline.filters().size() - 1; i >= 0; i--) {
      if ((skipped >>> i & 1) == 0) {
        FilterPipeline.Filter filter = pipeline.filters().get(i);
        switch (filter.id()) {
          case FilterPipeline.DEFLATE -> inflate(most(pipeline, i, skipped, expected));
          case FilterPipeline.LZF -> {
            spare = atLeast(spare, most(pipeline, i, skipped, expected));
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
          String.format(Locale.ROOT, "a chunk has %d bytes, not %d", length, expected));
    }
    return bytes;
  }

  @Override
  public void close() {
    inflater.end();
  }

  /** How many bytes there may be before a filter, given those that come before it. */
  private static int most(FilterPipeline pipeline, int before, int skipped, int expected) {
    int most = expected;
    for (int i = 0; i < before; i++) {
      int id = pipeline.filters().get(i).id();
      if ((skipped >>> i & 1) == 0 && id != FilterPipeline.SHUFFLE) {
        // A checksum adds 4 bytes; what is compressed twice may grow a little.
        most += CHECKSUM_BYTES + (id == FilterPipeline.FLETCHER32 ? 0 : expected / 16 + 64);
      }
    }
    return most;
  }

  private void inflate(int most) {
    spare = atLeast(spare, most);
    inflater.reset();
    inflater.setInput(bytes, 0, length);
    try {
      int done = 0;
      while (done < most && !inflater.finished()) {
        int part = inflater.inflate(spare, done, most - done);
        if (part == 0 && !inflater.finished()) {
          throw new Hdf5Exception(
              String.format(Locale.ROOT, "a chunk ends early, after %d bytes", done));
        }
        done += part;
      }
      // One more byte makes zlib read on to its checksum, which tells a chunk that is damaged.
      if (!inflater.finished() && (inflater.inflate(new byte[1]) != 0 || !inflater.finished())) {
        throw new Hdf5Exception(
            String.format(Locale.ROOT, "a chunk does not end after %d bytes", done));
      }
      swap(done);
    } catch (DataFormatException e) {
      throw new Hdf5Exception("a chunk is damaged: " + e.getMessage(), e);
    }
  }

  /** Puts byte b of every value, which lie side by side, back into their values. */
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
      throw new Hdf5Exception("a chunk is too short for its checksum");
    }
    int found = Fletcher32.sum(bytes, content);
    int stored = (int) NumberType.bits(bytes, content, CHECKSUM_BYTES, ByteOrder.LITTLE_ENDIAN);
    // Old libraries wrote the bytes of each half the other way round.
    int reversed = ((stored & 0x00ff00ff) << 8) | ((stored >>> 8) & 0x00ff00ff);
    if (found != stored && found != reversed) {
      throw new Hdf5Exception("the checksum of a chunk is wrong");
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
