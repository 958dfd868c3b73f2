package dev.mer4j.data.store;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.Split;

/** The index entry of a segment: its metadata and the places of its features. */
record StoreEntry(SegmentInfo info, Split split, PerModality<Place> places) {
  /** Returns the place of the features of a modality that the segment has. */
  Place place(Modality modality) {
    return places.get(modality);
  }

  /**
   * Returns the entry of the same segment in another split, at offsets that are larger by shift.
   */
  StoreEntry moved(Split other, long shift) {
    return new StoreEntry(
        info, other, places.map(place -> new Place(place.offset() + shift, place.crc())));
  }

  /** Returns the number of values of this modality's features. */
  long values(Modality modality, StoreInfo store) {
    return (long) info.steps(modality) * store.widths().find(modality).orElse(0);
  }

  /** Returns the number of bytes of this modality's features, without the padding. */
  long bytes(Modality modality, StoreInfo store) {
    return values(modality, store) * store.options().precision().bytes();
  }

  /**
   * The place of one modality's features [T, D].
   *
   * @param offset the offset in the file, a multiple of 4
   * @param crc the CRC-32C of their bytes
   */
  record Place(long offset, int crc) {}
}
