package dev.mer4j.data.internal.hdf5;

import org.jspecify.annotations.Nullable;

/**
 * The location of a chunk.
 *
 * @param bytes its number of bytes in the file
 * @param skipped the bit mask of the filters that were not applied, the first one lowest
 */
record StoredChunk(long address, long bytes, int skipped) {
  /** Reads an element of an array of chunks; null for a chunk that was never written. */
  static @Nullable StoredChunk read(Fields element, int chunkBytes) {
    boolean filtered = element.remaining() > element.offsetBytes();
    long address = element.offset();
    if (address == Fields.UNDEFINED) {
      return null;
    }
    return filtered
        ? new StoredChunk(
            address, element.unsigned(element.remaining() - 4), (int) element.unsigned32())
        : new StoredChunk(address, chunkBytes, 0);
  }
}
