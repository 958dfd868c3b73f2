package dev.mer4j.data.store;

import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;
import java.util.Map;
import java.util.Objects;

/** Where a segment's features lie. */
record StoreEntry(SegmentInfo info, Split split, Map<Modality, Place> places) {
  StoreEntry {
    places = Map.copyOf(places);
  }

  /** Where the features of a modality that the segment has lie. */
  Place place(Modality modality) {
    return Objects.requireNonNull(places.get(modality));
  }

  /** How many values this modality's features are. */
  long values(Modality modality, StoreInfo store) {
    return (long) info.steps(modality) * store.widths().getOrDefault(modality, 0);
  }

  /** How many bytes this modality's features take, without the padding. */
  long bytes(Modality modality, StoreInfo store) {
    return values(modality, store) * store.options().precision().bytes();
  }

  /**
   * Where one modality's features [T, D] lie.
   *
   * @param offset in the file, a multiple of 4
   * @param crc CRC-32C of their bytes
   */
  record Place(long offset, int crc) {}
}
