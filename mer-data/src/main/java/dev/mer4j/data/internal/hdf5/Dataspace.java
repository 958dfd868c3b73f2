package dev.mer4j.data.internal.hdf5;

/**
 * The shape of a dataset.
 *
 * @param none whether it has no elements and no shape at all
 * @param most the shape that it may grow to; -1 is without limit
 */
record Dataspace(boolean none, long[] dimensions, long[] most) {
  private static final int NONE = 2;

  static Dataspace read(Fields message) {
    int version = message.unsigned8();
    int rank = message.unsigned8();
    boolean limited = (message.unsigned8() & 1) != 0;
    if (version != 1 && version != 2) {
      throw new UnsupportedHdf5Exception("a dataspace of version " + version);
    }
    int kind = message.unsigned8();
    message.skip(version == 1 ? 4 : 0);
    long[] dimensions = lengths(message, rank);
    long[] most = limited ? lengths(message, rank) : dimensions.clone();
    return new Dataspace(version == 2 && kind == NONE, dimensions, most);
  }

  private static long[] lengths(Fields message, int rank) {
    long[] lengths = new long[rank];
    for (int i = 0; i < rank; i++) {
      lengths[i] = message.length();
    }
    return lengths;
  }
}
