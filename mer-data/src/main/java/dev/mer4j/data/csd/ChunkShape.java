package dev.mer4j.data.csd;

/**
 * The shape of a table's chunks, as h5py chooses it when nobody does.
 *
 * <p>Source: the rule that h5py documents and its files show. The table is halved, rows and columns
 * in turn, until a chunk is near 16 KiB · 2^log10(size / 1 MiB).
 */
record ChunkShape(int rows, int columns) {
  private static final double MEBI = 1 << 20;
  private static final double BASE = 1 << 14;
  private static final double LEAST = 1 << 13;

  static ChunkShape of(int rows, int columns, int bytesEach) {
    double size = (double) rows * columns * bytesEach;
    double wanted =
        Math.min(MEBI, Math.max(LEAST, BASE * StrictMath.pow(2, StrictMath.log10(size / MEBI))));
    int high = rows;
    int wide = columns;
    for (boolean rowsNext = true; high * (double) wide > 1; rowsNext = !rowsNext) {
      double bytes = (double) high * wide * bytesEach;
      if (bytes < MEBI && bytes < 1.5 * wanted) {
        break;
      }
      high = rowsNext ? (high + 1) / 2 : high;
      wide = rowsNext ? wide : (wide + 1) / 2;
    }
    return new ChunkShape(high, wide);
  }
}
