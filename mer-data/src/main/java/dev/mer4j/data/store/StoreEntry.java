package dev.mer4j.data.store;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;

/** Where a segment's features lie. */
record StoreEntry(SegmentInfo info, Split split, PerModality<Place> places) {
  /** Where the features of a modality that the segment has lie. */
  Place place(Modality modality) {
    return places.get(modality);
  }

  /** How many values this modality's features are. */
  long values(Modality modality, StoreInfo store) {
    return (long) info.steps(modality) * store.widths().find(modality).orElse(0);
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
