package dev.mer4j.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HolmTest {
  @Test
  void multipliesBySteppingDownAndNeverFalls() {
    assertThat(Holm.correct(List.of(0.01, 0.04, 0.03, 0.005)))
        .zipSatisfy(
            List.of(0.03, 0.06, 0.06, 0.02),
            (found, expected) -> assertThat(found).isCloseTo(expected, within(1e-15)));
    assertThat(Holm.correct(List.of(0.6, 0.9))).containsExactly(1.0, 1.0);
    assertThat(Holm.correct(List.of())).isEmpty();
  }

  /** Expected: {@code scipy.stats.binomtest(min(a, b), a + b, 0.5).pvalue}. */
  @ParameterizedTest
  @CsvSource({
    "3, 9, 0.14599609375",
    "0, 6, 0.03125",
    "120, 90, 0.045114087864840696",
    "500, 431, 0.025787128461388437",
    "5, 5, 1.0"
  })
  void mcNemarIsTheExactBinomialTest(int onlyA, int onlyB, double expected) {
    assertThat(new McNemar(onlyA, onlyB).p()).isCloseTo(expected, within(1e-10));
    assertThat(new McNemar(onlyB, onlyA).p()).isCloseTo(expected, within(1e-10));
  }

  @Test
  void withoutDifferencesNothingIsSignificant() {
    assertThat(new McNemar(0, 0).p()).isEqualTo(1);
  }
}
