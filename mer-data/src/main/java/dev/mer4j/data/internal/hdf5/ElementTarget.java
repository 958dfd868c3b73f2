package dev.mer4j.data.internal.hdf5;

/** Receives the elements of a dataset. */
interface ElementTarget {
  /** Sets the bytes that subsequent elements are read from. */
  void from(byte[] bytes);

  /**
   * Receives elements.
   *
   * @param to the index of the first element in the dataset
   * @param first the index of the first element in the bytes
   */
  void put(int to, int first, int count);

  /** Receives elements that were never written. */
  void fill(int to, int count);
}
