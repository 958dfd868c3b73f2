package dev.mer4j.core.internal.packed;

import dev.mer4j.core.parameter.ParameterView;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Copies a parameter [4H, N] between the flat array and native memory, where the H rows of each of
 * the four gates, and the N columns, are padded with zeros.
 *
 * @param hidden H
 * @param padded H in native memory
 * @param columns N
 * @param paddedColumns N in native memory
 */
record GateMatrix(ParameterView view, int hidden, int padded, int columns, int paddedColumns) {
  /** Returns the number of floats in native memory. */
  long size() {
    return 4L * padded * paddedColumns;
  }

  private boolean same() {
    return hidden == padded && columns == paddedColumns;
  }

  void put(float[] parameters, FloatBuffer target) {
    if (same()) {
      target.put(0, parameters, view.offset(), view.size());
      return;
    }
    for (int i = 0; i < size(); i++) {
      target.put(i, 0);
    }
    for (int row = 0; row < 4 * hidden; row++) {
      target.put(at(row), parameters, view.offset() + row * columns, columns);
    }
  }

  /**
   * Copies columns from native memory to the flat array.
   *
   * @param source [4H, count], with H padded
   * @param from the first column
   */
  void get(FloatBuffer source, int from, int count, float[] gradient) {
    for (int row = 0; row < 4 * hidden; row++) {
      source.get(padded(row) * count, gradient, view.offset() + row * columns + from, count);
    }
  }

  /** Sets the gradient to zero. */
  void clear(float[] gradient) {
    Arrays.fill(gradient, view.offset(), view.offset() + view.size(), 0);
  }

  private int at(int row) {
    return padded(row) * paddedColumns;
  }

  private int padded(int row) {
    return row / hidden * padded + row % hidden;
  }
}
