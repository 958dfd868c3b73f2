package dev.mer4j.core.fusion;

import java.util.Arrays;

/**
 * A matrix [rows, columns] with an array for each row: the JIT compiler makes vector code of a loop
 * over several arrays if one index serves them all, and not if each has an offset of its own.
 */
final class Matrix {
  /** As many rows as stay in the first cache while a few rows of the right factor pass by. */
  private static final int BLOCK = 16;

  private final float[][] rows;
  private final int columns;

  /** Makes a matrix of zeros. */
  Matrix(int rows, int columns) {
    this.rows = new float[rows][columns];
    this.columns = columns;
  }

  int rows() {
    return rows.length;
  }

  int columns() {
    return columns;
  }

  /** The row itself. */
  float[] row(int r) {
    return rows[r];
  }

  /** Becomes zero. */
  void clear() {
    for (float[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** Copies values that lie row by row, from {@code offset} on. */
  void load(float[] values, int offset) {
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(values, offset + r * columns, rows[r], 0, columns);
    }
  }

  /** Copies the values into their place in a flat array. */
  void store(float[] values, int offset) {
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, values, offset + r * columns, columns);
    }
  }

  /** Returns all values, row by row. */
  float[] values() {
    float[] values = new float[rows.length * columns];
    store(values, 0);
    return values;
  }

  /** Returns the transpose, a copy. */
  Matrix transposed() {
    Matrix transposed = new Matrix(columns, rows.length);
    transposed.loadTransposed(this);
    return transposed;
  }

  /** Becomes the transpose of another matrix. */
  void loadTransposed(Matrix other) {
    for (int first = 0; first < columns; first += BLOCK) {
      int last = Math.min(columns, first + BLOCK);
      for (int r = 0; r < rows.length; r++) {
        for (int c = first; c < last; c++) {
          rows[r][c] = other.rows[c][r];
        }
      }
    }
  }

  /** Adds left [rows, K] · right [K, columns]. */
  void addProduct(Matrix left, Matrix right) {
    int depth = right.rows.length;
    for (int first = 0; first < rows.length; first += BLOCK) {
      int last = Math.min(rows.length, first + BLOCK);
      int k = 0;
      for (; k + 3 < depth; k += 4) {
        for (int r = first; r < last; r++) {
          addFour(left.rows[r], k, right.rows, rows[r]);
        }
      }
      for (; k < depth; k++) {
        for (int r = first; r < last; r++) {
          add(left.rows[r][k], right.rows[k], rows[r]);
        }
      }
    }
  }

  private static void addFour(float[] factors, int k, float[][] right, float[] sum) {
    float f0 = factors[k];
    float f1 = factors[k + 1];
    float f2 = factors[k + 2];
    float f3 = factors[k + 3];
    float[] r0 = right[k];
    float[] r1 = right[k + 1];
    float[] r2 = right[k + 2];
    float[] r3 = right[k + 3];
    for (int c = 0; c < sum.length; c++) {
      sum[c] += f0 * r0[c] + f1 * r1[c] + f2 * r2[c] + f3 * r3[c];
    }
  }

  /** {@code sum += factor · values}. */
  static void add(float factor, float[] values, float[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += factor * values[c];
    }
  }
}
