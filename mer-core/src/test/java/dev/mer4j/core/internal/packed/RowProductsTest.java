package dev.mer4j.core.internal.packed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares products with sums in double precision. A sum of n products of values up to 1 has an
 * error of at most about n² 2^-24 / 2.
 */
class RowProductsTest {
  @ParameterizedTest
  @CsvSource({"1,1,1", "2,4,16", "3,5,7", "17,131,33", "8,128,64", "9,3,128", "5,300,1", "0,4,4"})
  void equalsSumsInDoublePrecision(int rows, int depth, int width) {
    float[][] left = matrix(rows, depth, 1);
    float[][] right = matrix(depth, width, 2);
    float[][] sums = matrix(rows, width, 3);
    float[][] expected = matrix(rows, width, 3);

    RowProducts.add(rows, depth, width, left, right, sums);

    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < width; c++) {
        double sum = expected[r][c];
        for (int k = 0; k < depth; k++) {
          sum += (double) left[r][k] * right[k][c];
        }
        assertThat(Math.abs(sums[r][c] - sum)).isLessThan((depth + 1.) * (depth + 1) * 0x1p-25);
      }
    }
  }

  @Test
  void transposedProductEqualsTheProductOfTheTranspose() {
    float[][] left = matrix(37, 11, 4);
    float[][] right = matrix(37, 21, 5);
    float[][] transposed = new float[6][37];
    for (int r = 0; r < 6; r++) {
      for (int k = 0; k < 37; k++) {
        transposed[r][k] = left[k][3 + r];
      }
    }
    float[][] expected = new float[6][21];
    float[][] sums = new float[6][21];

    RowProducts.add(6, 37, 21, transposed, right, expected);
    RowProducts.addTransposed(3, 6, 37, 21, left, right, sums);

    assertThat(sums).isDeepEqualTo(expected);
  }

  @Test
  void rowDoesNotDependOnTheRowsBesideIt() {
    float[][] left = matrix(13, 70, 6);
    float[][] right = matrix(70, 40, 7);
    float[][] together = new float[13][40];
    RowProducts.add(13, 70, 40, left, right, together);
    for (int r = 0; r < 13; r++) {
      float[][] alone = new float[1][40];
      RowProducts.add(1, 70, 40, new float[][] {left[r]}, right, alone);
      assertThat(alone[0]).isEqualTo(together[r]);
    }
  }

  @Test
  void addsRows() {
    float[][] rows = matrix(10, 5, 8);
    float[][] sum = new float[1][5];
    RowProducts.addRows(10, 5, rows, sum);
    for (int c = 0; c < 5; c++) {
      float expected = 0;
      for (float[] row : rows) {
        expected += row[c];
      }
      assertThat(sum[0][c]).isEqualTo(expected);
    }
  }

  private static float[][] matrix(int rows, int columns, long seed) {
    SeedStream draws = new Seeds(seed).stream("matrix");
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int c = 0; c < columns; c++) {
        row[c] = 2 * draws.nextFloat() - 1;
      }
    }
    return matrix;
  }
}
