package dev.mer4j.data.csd;

/** A table of numbers [n, D] in the precision that the file holds. */
public sealed interface Rows {
  /** n. */
  int count();

  /** D. */
  int width();

  double at(int row, int column);

  /** Single precision, or less in the file. */
  record Floats(int width, float[] values) implements Rows {
    @Override
    public int count() {
      return width == 0 ? 0 : values.length / width;
    }

    @Override
    public double at(int row, int column) {
      return values[row * width + column];
    }
  }

  /** Double precision, or integers in the file. */
  record Doubles(int width, double[] values) implements Rows {
    @Override
    public int count() {
      return width == 0 ? 0 : values.length / width;
    }

    @Override
    public double at(int row, int column) {
      return values[row * width + column];
    }
  }
}
