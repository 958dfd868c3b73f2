package dev.mer4j.data.csd;

/**
 * The default chunk shape of h5py for a table.
 *
 * <p>Source: the h5py documentation and its files. Rows and columns are halved in turn until the
 * chunk size is near 16 KiB · 2^log10(size / 1 MiB).
 */
record ChunkShape(int rows, int columns) {
  private static final double MEBI = 1 << 20;
  private static final double BASE = 1 << 14;
  private static final double LEAST = 1 << 13;

  static ChunkShape of(int rows, int columns, int bytesEach) {
    double size = (double) rows * columns * bytesEach;
    double target =
        Math.min(MEBI, Math.max(LEAST, BASE * StrictMath.pow(2, StrictMath.log10(size / MEBI))));
    int high = rows;
    int wide = columns;
    for (boolean rowsNext = true; high * (double) wide > 1; rowsNext = !rowsNext) {
      double bytes = (double) high * wide * bytesEach;
      if (bytes < MEBI && bytes < 1.5 * target) {
        break;
      }
      high = rowsNext ? (high + 1) / 2 : high;
      wide = rowsNext ? wide : (wide + 1) / 2;
    }
    return new ChunkShape(high, wide);
  }
}
