package dev.mer4j.core.internal.packed;

/**
 * Products of matrices with one array per row, in loops that HotSpot's C2 compiles to vector code.
 *
 * <p>C2 vectorizes a loop over several arrays only if they share one index, and a large body only
 * if it knows that the index is small. Two rows of sums and four rows of the right matrix are as
 * many as it accepts that also fit into 16 vector registers. A product and its sum are rounded
 * separately, because {@link Math#fma} is a thousand times slower on processors without it. Every
 * sum is in order of the depth, so a row's bits do not depend on the rows beside it.
 */
final class RowProducts {
  /** The rows of the right matrix in a block: 256 KB at 512 columns, part of a level-2 cache. */
  private static final int DEPTH = 128;

  /** The rows of sums in a block: 16 KB at 512 columns, half of a level-1 cache. */
  private static final int ROWS = 8;

  /** Above every width. */
  private static final int LARGEST = 1 << 28;

  /** The left matrix, [rows, depth]. */
  private interface Left {
    float at(int row, int k);
  }

  private RowProducts() {}

  /**
   * Adds left · right to sums.
   *
   * @param left [rows, depth]
   * @param right [depth, width]
   * @param sums [rows, width]
   */
  static void add(int rows, int depth, int width, float[][] left, float[][] right, float[][] sums) {
    add(rows, depth, width, (row, k) -> left[row][k], right, sums);
  }

  /**
   * Adds leftᵀ · right to sums, for some columns of left.
   *
   * @param left [depth, any], of which columns from {@code column} are used
   * @param right [depth, width]
   * @param sums [columns, width]
   */
  static void addTransposed(
      int column,
      int columns,
      int depth,
      int width,
      float[][] left,
      float[][] right,
      float[][] sums) {
    add(columns, depth, width, (row, k) -> left[k][column + row], right, sums);
  }

  /**
   * Adds all rows to one.
   *
   * @param rows [depth, width]
   * @param sum [1, width]
   */
  static void addRows(int depth, int width, float[][] rows, float[][] sum) {
    add(1, depth, width, (row, k) -> 1, rows, sum);
  }

  private static void add(
      int rows, int depth, int width, Left left, float[][] right, float[][] sums) {
    for (int from = 0; from < depth; from += DEPTH) {
      int to = Math.min(depth, from + DEPTH);
      for (int first = 0; first < rows; first += ROWS) {
        int end = Math.min(rows, first + ROWS);
        int k = from;
        for (; k + 3 < to; k += 4) {
          addFour(first, end, k, width, left, right, sums);
        }
        for (; k < to; k++) {
          for (int row = first; row < end; row++) {
            add(left.at(row, k), right[k], sums[row], width);
          }
        }
      }
    }
  }

  private static void addFour(
      int first, int end, int k, int width, Left left, float[][] right, float[][] sums) {
    int row = first;
    for (; row + 1 < end; row += 2) {
      addFour(
          left.at(row, k),
          left.at(row, k + 1),
          left.at(row, k + 2),
          left.at(row, k + 3),
          left.at(row + 1, k),
          left.at(row + 1, k + 1),
          left.at(row + 1, k + 2),
          left.at(row + 1, k + 3),
          right[k],
          right[k + 1],
          right[k + 2],
          right[k + 3],
          sums[row],
          sums[row + 1],
          width);
    }
    if (row < end) {
      addFour(
          left.at(row, k),
          left.at(row, k + 1),
          left.at(row, k + 2),
          left.at(row, k + 3),
          right[k],
          right[k + 1],
          right[k + 2],
          right[k + 3],
          sums[row],
          width);
    }
  }

  private static void addFour(
      float a0,
      float a1,
      float a2,
      float a3,
      float b0,
      float b1,
      float b2,
      float b3,
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
      float[] a,
      float[] b,
      int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      float v0 = r0[j];
      float v1 = r1[j];
      float v2 = r2[j];
      float v3 = r3[j];
      a[j] = a[j] + a0 * v0 + a1 * v1 + a2 * v2 + a3 * v3;
      b[j] = b[j] + b0 * v0 + b1 * v1 + b2 * v2 + b3 * v3;
    }
  }

  private static void addFour(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] r0,
      float[] r1,
      float[] r2,
      float[] r3,
      float[] a,
      int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      a[j] = a[j] + a0 * r0[j] + a1 * r1[j] + a2 * r2[j] + a3 * r3[j];
    }
  }

  private static void add(float factor, float[] row, float[] sum, int width) {
    int n = Math.min(width, LARGEST);
    for (int j = 0; j < n; j++) {
      sum[j] += factor * row[j];
    }
  }
}
