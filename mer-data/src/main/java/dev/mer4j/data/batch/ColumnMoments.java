package dev.mer4j.data.batch;

/**
 * Mean and spread of every column of features that come piece by piece, in float64.
 *
 * <p>Each piece is summed in two passes, then merged with those before it (Chan, Golub and LeVeque,
 * 1979).
 */
public final class ColumnMoments {
  private final int width;
  private final double[] mean;
  private final double[] squares;
  private long count;

  /**
   * Starts without any rows.
   *
   * @param width D
   */
  public ColumnMoments(int width) {
    this.width = width;
    mean = new double[width];
    squares = new double[width];
  }

  /** Adds rows: the first {@code steps}·D of {@code values}. */
  public void add(float[] values, int steps) {
    if (steps == 0) {
      return;
    }
    double[] pieceMean = new double[width];
    for (int i = 0; i < steps * width; i += width) {
      for (int d = 0; d < width; d++) {
        pieceMean[d] += values[i + d];
      }
    }
    for (int d = 0; d < width; d++) {
      pieceMean[d] /= steps;
    }
    double[] pieceSquares = new double[width];
    for (int i = 0; i < steps * width; i += width) {
      for (int d = 0; d < width; d++) {
        double apart = values[i + d] - pieceMean[d];
        pieceSquares[d] += apart * apart;
      }
    }
    merge(pieceMean, pieceSquares, steps);
  }

  /** Adds the rows of others of the same width. */
  public void add(ColumnMoments others) {
    merge(others.mean, others.squares, others.count);
  }

  private void merge(double[] otherMean, double[] otherSquares, long others) {
    if (others == 0) {
      return;
    }
    long total = count + others;
    for (int d = 0; d < width; d++) {
      double apart = otherMean[d] - mean[d];
      mean[d] += apart * others / total;
      squares[d] += otherSquares[d] + apart * apart * count * others / total;
    }
    count = total;
  }

  /** The number of rows so far. */
  public long count() {
    return count;
  }

  /** Returns what brings every column to mean 0 and standard deviation 1. */
  public Standardization.Columns columns() {
    double[] scale = new double[width];
    for (int d = 0; d < width; d++) {
      double deviation = count == 0 ? 0 : Math.sqrt(squares[d] / count);
      // Below float32's resolution the spread is rounding, not signal.
      boolean constant = deviation <= 1e-6 * Math.abs(mean[d]) || deviation < 1e-20;
      scale[d] = constant ? 0 : 1 / deviation;
    }
    return new Standardization.Columns(mean.clone(), scale);
  }
}
