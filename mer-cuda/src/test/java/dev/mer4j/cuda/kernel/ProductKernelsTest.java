package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The products with TF32 inputs against those in single precision, which other tests hold to the
 * equations.
 */
class ProductKernelsTest {
  /**
   * TF32 keeps ten bits of mantissa: half a unit of the last one is 2^-11, for each of two factors.
   */
  private static final double TOLERANCE = 2 * 0x1p-11;

  static Stream<Case> cases() {
    return Stream.of(
        Case.of(64, false).with(74, 5, 0, 40),
        Case.of(128, true).with(300, 30, 7).with(3, 1, 1),
        Case.of(200, true).with(33, 12, 2).slices(2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void tensorCoresStayWithinTheRoundingOfTheirInputs(Case run) {
    try (KernelRun exact = new KernelRun(run);
        KernelRun rounded = new KernelRun(run.products("_tf32"))) {
      double states = distance(rounded.forward(true), exact.forward(true));
      assertThat(states).isBetween(1e-7, TOLERANCE);
      Weights[] expected = exact.backward();
      Weights[] found = rounded.backward();
      for (int d = 0; d < found.length; d++) {
        for (int i = 0; i < 4; i++) {
          assertThat(Distance.relative(found[d].tensors()[i], expected[d].tensors()[i]))
              .isLessThan(TOLERANCE);
        }
      }
    }
  }

  @Test
  void theOrderOfThreadsChangesNoBit() {
    Case run = Case.of(64, false).with(33, 5, 0, 12).slices(2);
    try (KernelRun one = new KernelRun(run.products("_3xtf32"));
        KernelRun other = new KernelRun(run.products("_3xtf32").order(3))) {
      assertThat(Arrays.deepToString(other.forward(true)))
          .isEqualTo(Arrays.deepToString(one.forward(true)));
      Weights[] expected = one.backward();
      Weights[] found = other.backward();
      for (int d = 0; d < found.length; d++) {
        assertThat(found[d].tensors()).isDeepEqualTo(expected[d].tensors());
      }
    }
  }

  private static double distance(float[][] a, float[][] b) {
    double worst = 0;
    for (int m = 0; m < a.length; m++) {
      int size = a[m].length;
      worst =
          Math.max(
              worst,
              Distance.relative(Distance.doubles(a[m], 0, size), Distance.doubles(b[m], 0, size)));
    }
    return worst;
  }
}
