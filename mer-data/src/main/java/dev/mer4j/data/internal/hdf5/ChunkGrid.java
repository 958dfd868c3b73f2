package dev.mer4j.data.internal.hdf5;

import java.util.Locale;

/**
 * The division of a two-dimensional table into chunks, of which the last ones may extend beyond it.
 *
 * @param rows the rows of the table
 * @param columns the columns of the table
 * @param chunkRows the rows of a chunk
 * @param chunkColumns the columns of a chunk
 * @param maxRows the maximum rows of the table; -1 is unlimited
 * @param maxColumns the maximum columns of the table; -1 is unlimited
 */
record ChunkGrid(
    int rows, int columns, int chunkRows, int chunkColumns, long maxRows, long maxColumns) {
  static final int MAX_CHUNK_BYTES = 1 << 28;

  static ChunkGrid of(Dataspace space, Layout.Chunked layout, int elementBytes) {
    long[] chunk = layout.shape();
    if (space.dimensions().length != 2 || chunk.length != 2 || chunk[0] < 1 || chunk[1] < 1) {
      throw new Hdf5Exception("chunks whose shape does not match the dataset's");
    }
    if (chunk[0] > MAX_CHUNK_BYTES
        || chunk[1] > MAX_CHUNK_BYTES
        || chunk[0] * chunk[1] > MAX_CHUNK_BYTES / elementBytes) {
      throw new UnsupportedHdf5Exception(
          String.format(
              Locale.ROOT,
              "chunks of %d x %d elements exceed %d bytes each; write smaller chunks",
              chunk[0],
              chunk[1],
              MAX_CHUNK_BYTES));
    }
    return new ChunkGrid(
        Math.toIntExact(space.dimensions()[0]),
        Math.toIntExact(space.dimensions()[1]),
        (int) chunk[0],
        (int) chunk[1],
        space.max()[0],
        space.max()[1]);
  }

  int down() {
    return (int) ceiling(rows, chunkRows);
  }

  int across() {
    return (int) ceiling(columns, chunkColumns);
  }

  /** Returns the row-major index of a chunk in the table at its maximum size. */
  long number(int row, int column) {
    // An extensible index has the unlimited dimension first.
    return maxColumns == Fields.UNDEFINED && maxRows != Fields.UNDEFINED
        ? column * ceiling(maxRows, chunkRows) + row
        : row * ceiling(maxColumns, chunkColumns) + column;
  }

  /** Returns whether a chunk extends beyond the table. */
  boolean reachesBeyond(int row, int column) {
    return (row + 1L) * chunkRows > rows || (column + 1L) * chunkColumns > columns;
  }

  private static long ceiling(long dividend, int divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
