package dev.mer4j.data.store;

import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;
import java.util.Map;

/** Where a segment's features lie. */
record StoreEntry(SegmentInfo info, Split split, Map<Modality, Place> places) {
  StoreEntry {
    places = Map.copyOf(places);
  }

  /** How many bytes this modality's features take. */
  int bytes(Modality modality, Map<Modality, Integer> widths) {
    int values = Math.multiplyExact(info.steps(modality), widths.getOrDefault(modality, 0));
    return Math.multiplyExact(values, Float.BYTES);
  }

  /**
   * Where one modality's features [T, D] lie.
   *
   * @param offset in the file, a multiple of 4
   * @param crc CRC-32C of their bytes
   */
  record Place(long offset, int crc) {}
}
