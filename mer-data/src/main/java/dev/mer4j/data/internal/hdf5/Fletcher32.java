package dev.mer4j.data.internal.hdf5;

/**
 * The checksum of filter 3.
 *
 * <p>Source: the HDF5 library, H5_checksum_fletcher32: big-endian words of two bytes.
 */
final class Fletcher32 {
  private static final int WORDS_WITHOUT_OVERFLOW = 360;

  private Fletcher32() {}

  static int sum(byte[] bytes, int length) {
    int first = 0;
    int second = 0;
    int words = length / 2;
    for (int w = 0; w < words; ) {
      int end = Math.min(words, w + WORDS_WITHOUT_OVERFLOW);
      for (; w < end; w++) {
        first += ((bytes[2 * w] & 0xff) << 8) + (bytes[2 * w + 1] & 0xff);
        second += first;
      }
      first = fold(first);
      second = fold(second);
    }
    if (length % 2 == 1) {
      first += (bytes[length - 1] & 0xff) << 8;
      second += first;
      first = fold(first);
      second = fold(second);
    }
    return fold(second) << 16 | fold(first);
  }

  private static int fold(int sum) {
    return (sum & 0xffff) + (sum >>> 16);
  }
}
