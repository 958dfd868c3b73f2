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
  }
}
