package dev.mer4j.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the precision of the products on the tensor cores. */
class ProductKernelsTest {
  /**
   * Returns the largest error ‖a−b‖/‖b‖ of a pass: each of two factors is rounded by up to half a
   * unit in the last place, 2^-11 for TF32 with ten bits of mantissa and 2^-8 for bfloat16 with
   * seven. Splitting a factor into two TF32 numbers keeps single precision.
   */
  private static double tolerance(String products) {
    return switch (products) {
      case "_tf32" -> 2 * 0x1p-11;
      case "_bf16" -> 2 * 0x1p-8;
      default -> 1e-5;
    };
  }

  /** The case of the table in {@code docs/cuda.md}. */
  private static final Case TABLE =
      Case.of(128, true).with(300, 40, 13, 27).with(74, 5, 0, 33).slices(2);

  static Stream<Case> cases() {
    return Stream.of("", "_3xtf32", "_tf32", "_bf16")
        .flatMap(
            products ->
                Stream.of(TABLE, Case.of(64, false).with(74, 5, 0, 40).with(33, 1, 2, 0))
                    .map(run -> run.products(products)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void errorsStayWithinTheRoundingOfTheFactors(Case run) {
    double tolerance = tolerance(run.products());
    Map<String, Double> errors = Errors.of(run);
    assertThat(errors)
        .allSatisfy((what, error) -> assertThat(error).as(what).isLessThan(tolerance));
    assertThat(Collections.max(errors.values())).isGreaterThan(tolerance / 200);
    System.out.printf(
        Locale.ROOT,
        "mer_project%s, H = %d: states %s, gradients %s%n",
        run.products(),
        run.hidden(),
        range(errors, "states"),
        range(errors, "gradient"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_3xtf32", "_tf32", "_bf16"})
  void resultsDoNotDependOnTheOrderOfThreads(String products) {
    Case run = Case.of(64, false).with(33, 5, 0, 12).slices(2).products(products);
    try (KernelRun one = new KernelRun(run);
        KernelRun other = new KernelRun(run.order(3))) {
      assertThat(Arrays.deepToString(other.forward(true)))
          .isEqualTo(Arrays.deepToString(one.forward(true)));
      Weights[] expected = one.backward();
      Weights[] found = other.backward();
      for (int d = 0; d < found.length; d++) {
        assertThat(found[d].tensors()).isDeepEqualTo(expected[d].tensors());
      }
    }
  }

  private static String range(Map<String, Double> errors, String what) {
    DoubleSummaryStatistics range =
        errors.entrySet().stream()
            .filter(error -> error.getKey().startsWith(what) && error.getValue() > 0)
            .mapToDouble(Map.Entry::getValue)
            .summaryStatistics();
    return String.format(Locale.ROOT, "%.1e to %.1e", range.getMin(), range.getMax());
  }
}
