package dev.mer4j.data.csd;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** A table of numbers [n, D] in the precision of the file. */
public sealed interface Rows {
  /** Returns n. */
  int count();

  /** Returns D. */
  int width();

  double at(int row, int column);

  /**
   * Copies a row.
   *
   * @param target at least D values
   */
  void copy(int row, double[] target);

  /**
   * Rows whose values were not read.
   *
   * @param count n
   * @param width D
   */
  record Unread(int count, int width) implements Rows {
    @Override
    public double at(int row, int column) {
      throw new IllegalStateException("the values were not read");
    }

    @Override
    public void copy(int row, double[] target) {
      throw new IllegalStateException("the values were not read");
    }
  }

  /**
   * Values of single or lower precision in the file.
   *
   * @param values [n, D]
   */
  record Floats(int width, FloatBuffer values) implements Rows {
    public Floats(int width, float[] values) {
      this(width, FloatBuffer.wrap(values));
    }

    @Override
    public int count() {
      return width == 0 ? 0 : values.limit() / width;
    }

    @Override
    public double at(int row, int column) {
      return values.get(row * width + column);
    }

    @Override
    public void copy(int row, double[] target) {
      float[] read = new float[width];
      values.get(row * width, read);
      for (int column = 0; column < read.length; column++) {
        target[column] = read[column];
      }
    }
  }

  /**
   * Values of double precision, or integers, in the file.
   *
   * @param values [n, D]
   */
  record Doubles(int width, DoubleBuffer values) implements Rows {
    public Doubles(int width, double[] values) {
      this(width, DoubleBuffer.wrap(values));
    }

    @Override
    public int count() {
      return width == 0 ? 0 : values.limit() / width;
    }

    @Override
    public double at(int row, int column) {
      return values.get(row * width + column);
    }

    @Override
    public void copy(int row, double[] target) {
      values.get(row * width, target, 0, width);
    }
  }
}
