package dev.mer4j.core.fusion;

import java.util.Arrays;

/**
 * A matrix [rows, columns] with one array per row. The JIT compiler vectorizes a loop over several
 * arrays only if they share one index, without separate offsets.
 */
final class Matrix {
  /** The rows per block, chosen so that a block stays in the L1 cache. */
  private static final int BLOCK = 16;

  private final float[][] rows;
  private final int columns;

  /** Creates a matrix of zeros. */
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

  /** Returns the row itself, not a copy. */
  float[] row(int r) {
    return rows[r];
  }

  /** Sets all values to zero. */
  void clear() {
    for (float[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** Copies row-major values from an array, starting at {@code offset}. */
  void load(float[] values, int offset) {
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(values, offset + r * columns, rows[r], 0, columns);
    }
  }

  /** Copies the values in row-major order to an array, starting at {@code offset}. */
  void store(float[] values, int offset) {
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(rows[r], 0, values, offset + r * columns, columns);
    }
  }

  /** Returns a copy of all values in row-major order. */
  float[] values() {
    float[] values = new float[rows.length * columns];
    store(values, 0);
    return values;
  }

  /** Returns a transposed copy. */
  Matrix transposed() {
    Matrix transposed = new Matrix(columns, rows.length);
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < columns; c++) {
        transposed.rows[c][r] = rows[r][c];
      }
    }
    return transposed;
  }

  /** Copies the transpose of a row-major matrix to this one, starting at {@code offset}. */
  void loadTransposed(float[] values, int offset) {
    for (int first = 0; first < columns; first += BLOCK) {
      int last = Math.min(columns, first + BLOCK);
      for (int r = 0; r < rows.length; r++) {
        for (int c = first; c < last; c++) {
          rows[r][c] = values[offset + c * rows.length + r];
        }
      }
    }
  }

  /** Adds the product of left [rows, K] and right [K, columns]. */
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

  /** Adds {@code factor · values} to {@code sum}. */
  static void add(float factor, float[] values, float[] sum) {
    for (int c = 0; c < sum.length; c++) {
      sum[c] += factor * values[c];
    }
  }
}
