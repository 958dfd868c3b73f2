package dev.mer4j.data.batch;

/**
 * Running mean and standard deviation of each feature column, in float64.
 *
 * <p>Each chunk is summed in two passes, then merged with the previous ones (Chan, Golub and
 * LeVeque, 1979).
 */
public final class ColumnMoments {
  private final int width;
  private final double[] mean;
  private final double[] squares;
  private long count;

  /**
   * Creates moments of no rows.
   *
   * @param width D
   */
  public ColumnMoments(int width) {
    this.width = width;
    mean = new double[width];
    squares = new double[width];
  }

  /**
   * The state of moments, from which {@link #of} continues.
   *
   * @param count the number of rows
   * @param mean [D]
   * @param squares [D], the sums of squared differences from the mean
   */
  public record State(long count, double[] mean, double[] squares) {}

  /** Returns the current state. */
  public State state() {
    return new State(count, mean.clone(), squares.clone());
  }

  /** Returns moments of this state. */
  public static ColumnMoments of(State state) {
    ColumnMoments moments = new ColumnMoments(state.mean().length);
    // Not merged, which would round.
    System.arraycopy(state.mean(), 0, moments.mean, 0, moments.width);
    System.arraycopy(state.squares(), 0, moments.squares, 0, moments.width);
    moments.count = state.count();
    return moments;
  }

  /** Adds rows: the first {@code steps}·D of {@code values}. */
  public void add(float[] values, int steps) {
    if (steps == 0) {
      return;
    }
    double[] chunkMean = new double[width];
    for (int i = 0; i < steps * width; i += width) {
      for (int d = 0; d < width; d++) {
        chunkMean[d] += values[i + d];
      }
    }
    for (int d = 0; d < width; d++) {
      chunkMean[d] /= steps;
    }
    double[] chunkSquares = new double[width];
    for (int i = 0; i < steps * width; i += width) {
      for (int d = 0; d < width; d++) {
        double delta = values[i + d] - chunkMean[d];
        chunkSquares[d] += delta * delta;
      }
    }
    merge(chunkMean, chunkSquares, steps);
  }

  /** Adds the rows of other moments of the same width. */
  public void add(ColumnMoments others) {
    merge(others.mean, others.squares, others.count);
  }

  private void merge(double[] otherMean, double[] otherSquares, long others) {
    if (others == 0) {
      return;
    }
    long total = count + others;
    for (int d = 0; d < width; d++) {
      double delta = otherMean[d] - mean[d];
      mean[d] += delta * others / total;
      squares[d] += otherSquares[d] + delta * delta * count * others / total;
    }
    count = total;
  }

  /** Returns the number of rows added. */
  public long count() {
    return count;
  }

  /** Returns the standardization that gives each column mean 0 and standard deviation 1. */
  public Standardization.Columns columns() {
    double[] scale = new double[width];
    for (int d = 0; d < width; d++) {
      double deviation = count == 0 ? 0 : Math.sqrt(squares[d] / count);
      // Below float32 resolution, the deviation is rounding error.
      boolean constant = deviation <= 1e-6 * Math.abs(mean[d]) || deviation < 1e-20;
      scale[d] = constant ? 0 : 1 / deviation;
    }
    return new Standardization.Columns(mean.clone(), scale);
  }
}
