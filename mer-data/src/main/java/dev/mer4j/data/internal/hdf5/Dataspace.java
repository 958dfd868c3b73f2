package dev.mer4j.data.internal.hdf5;

/**
 * The shape of a dataset.
 *
 * @param none whether it has neither elements nor a shape
 * @param max the maximum shape; -1 is unlimited
 */
record Dataspace(boolean none, long[] dimensions, long[] max) {
  private static final int NONE = 2;

  static Dataspace read(Fields message) {
    int version = message.unsigned8();
    int rank = message.unsigned8();
    boolean limited = (message.unsigned8() & 1) != 0;
    if (version != 1 && version != 2) {
      throw new UnsupportedHdf5Exception("dataspace version " + version);
    }
    int kind = message.unsigned8();
    message.skip(version == 1 ? 4 : 0);
    long[] dimensions = lengths(message, rank);
    long[] max = limited ? lengths(message, rank) : dimensions.clone();
    return new Dataspace(version == 2 && kind == NONE, dimensions, max);
  }

  private static long[] lengths(Fields message, int rank) {
    long[] lengths = new long[rank];
    for (int i = 0; i < rank; i++) {
      lengths[i] = message.length();
    }
    return lengths;
  }
}
