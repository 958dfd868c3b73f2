package dev.mer4j.data.internal.hdf5;

import java.util.Locale;

/**
 * How a table of two dimensions is cut into chunks, of which the last ones may reach beyond it.
 *
 * @param rows of the table
 * @param columns of the table
 * @param high rows of a chunk
 * @param wide columns of a chunk
 * @param mostRows how far the table may grow; -1 is without limit
 * @param mostColumns how far the table may grow; -1 is without limit
 */
record ChunkGrid(int rows, int columns, int high, int wide, long mostRows, long mostColumns) {
  static final int LARGEST_CHUNK = 1 << 28;

  static ChunkGrid of(Dataspace space, Layout.Chunked layout, int elementBytes) {
    long[] chunk = layout.shape();
    if (space.dimensions().length != 2 || chunk.length != 2 || chunk[0] < 1 || chunk[1] < 1) {
      throw new Hdf5Exception("chunks whose shape does not fit the dataset's");
    }
    if (chunk[0] > LARGEST_CHUNK
        || chunk[1] > LARGEST_CHUNK
        || chunk[0] * chunk[1] > LARGEST_CHUNK / elementBytes) {
      throw new UnsupportedHdf5Exception(
          String.format(
              Locale.ROOT,
              "chunks of %d x %d elements, more than %d bytes each; write smaller ones",
              chunk[0],
              chunk[1],
              LARGEST_CHUNK));
    }
    return new ChunkGrid(
        Math.toIntExact(space.dimensions()[0]),
        Math.toIntExact(space.dimensions()[1]),
        (int) chunk[0],
        (int) chunk[1],
        space.most()[0],
        space.most()[1]);
  }

  int down() {
    return (int) ceiling(rows, high);
  }

  int across() {
    return (int) ceiling(columns, wide);
  }

  /** The number of a chunk, row by row, in the table as large as it may grow. */
  long number(int row, int column) {
    // An index that grows has the dimension without limit first.
    return mostColumns == Fields.UNDEFINED && mostRows != Fields.UNDEFINED
        ? column * ceiling(mostRows, high) + row
        : row * ceiling(mostColumns, wide) + column;
  }

  /** Whether a chunk reaches beyond the table. */
  boolean reachesBeyond(int row, int column) {
    return (row + 1L) * high > rows || (column + 1L) * wide > columns;
  }

  private static long ceiling(long dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
