package dev.mer4j.data.batch;

/** A modality's standardization as float arrays, for the inner loop. */
final class ColumnScaler {
  private final float[] mean;
  private final float[] scale;

  ColumnScaler(Standardization.Columns columns) {
    mean = new float[columns.width()];
    scale = new float[columns.width()];
    for (int d = 0; d < mean.length; d++) {
      mean[d] = (float) columns.mean()[d];
      scale[d] = (float) columns.scale()[d];
    }
  }

  /** D. */
  int width() {
    return mean.length;
  }

  /**
   * Standardizes the D values at {@code from} of {@code source} into {@code target}.
   *
   * @param row [D], overwritten: the JIT compiler vectorizes a loop over several arrays only if
   *     they share one index
   */
  void scale(float[] source, int from, float[] row, float[] target, int to) {
    System.arraycopy(source, from, row, 0, mean.length);
    for (int d = 0; d < mean.length; d++) {
      row[d] = (row[d] - mean[d]) * scale[d];
    }
    System.arraycopy(row, 0, target, to, mean.length);
  }
}
