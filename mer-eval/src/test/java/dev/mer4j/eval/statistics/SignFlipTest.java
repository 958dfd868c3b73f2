package dev.mer4j.eval.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.MerException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignFlipTest {
  /** Expected: {@code scipy.stats.binomtest(min(a, b), a + b, 0.5).pvalue}. */
  @ParameterizedTest
  @CsvSource({
    "3, 9, 0.14599609375",
    "0, 6, 0.03125",
    "120, 90, 0.045114087864840696",
    "500, 431, 0.025787128461388437",
    "5, 5, 1.0"
  })
  void isMcNemarsTestWhereEachSegmentIsAVideo(int onlyA, int onlyB, double expected) {
    int[] sizes = new int[onlyA + onlyB];
    Arrays.fill(sizes, 1);

    assertThat(SignFlip.exact(sizes, Math.abs(onlyA - onlyB))).isCloseTo(expected, within(1e-10));
  }

  /** Expected: by enumeration and by scipy, in src/test/python/expected_statistics.py. */
  @ParameterizedTest
  @CsvSource({
    "3 -1, 1.0",
    "2 2 2 -1 1, 0.1875",
    "5 -3 1 1 -2 4 7 -1, 0.3125",
    "10 1 -1 2 -2 3 1 1 1 -4 6 2, 0.16845703125",
    "-1 -1 -2 -9 3 1 1 -4 -2 -1 -3 2 -6 -1, 0.0875244140625"
  })
  void equalsTheEnumerationOfAllSigns(String differences, double expected) {
    int[] signed = Arrays.stream(differences.split(" ")).mapToInt(Integer::parseInt).toArray();
    int observed = Math.abs(Arrays.stream(signed).sum());
    int[] sizes = Arrays.stream(signed).map(Math::abs).toArray();

    assertThat(SignFlip.exact(sizes, observed)).isCloseTo(expected, within(1e-13));
  }

  @Test
  void countsSegmentsAndSumsVideos() {
    SignFlip test =
        SignFlip.of(
            new String[] {"a", "a", "b", "b", "c", "c"},
            new boolean[] {true, true, true, false, false, true},
            new boolean[] {false, false, false, true, false, true});

    assertThat(test.onlyA()).isEqualTo(3);
    assertThat(test.onlyB()).isEqualTo(1);
    // Only video a differs, and either sign is equally likely.
    assertThat(test.p()).isEqualTo(1);
  }

  @Test
  void withoutDifferencesNothingIsSignificant() {
    SignFlip none =
        SignFlip.of(
            new String[] {"a", "b"}, new boolean[] {true, false}, new boolean[] {true, false});

    assertThat(none).isEqualTo(new SignFlip(0, 0, 1));
  }

  @Test
  void normalApproximationIsCloseToTheExactTest() {
    int[] sizes = new int[4000];
    for (int v = 0; v < sizes.length; v++) {
      sizes[v] = 1 + v % 5;
    }
    for (int observed : new int[] {0, 100, 300, 600}) {
      double exact = SignFlip.exact(sizes, observed);
      assertThat(SignFlip.normal(sizes, observed)).isCloseTo(exact, within(2e-4));
    }
  }

  @Test
  void manyVideosUseTheNormalApproximation() {
    int[] sizes = new int[10_001];
    Arrays.fill(sizes, 1);

    assertThat(SignFlip.p(sizes, 201)).isEqualTo(SignFlip.normal(sizes, 201));
    assertThat(SignFlip.p(sizes, 201)).isCloseTo(0.0455, within(1e-4));
  }

  @Test
  void refusesAnotherNumberOfDecisions() {
    assertThatThrownBy(() -> SignFlip.of(new String[] {"a"}, new boolean[] {true}, new boolean[2]))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("1 segments, 1 and 2 decisions");
  }

  /**
   * 200 pairs of equally good models on 100 videos with correlated segments. The standard deviation
   * of the family's share is 1.5 points at 5 %.
   */
  @Test
  void falsePositiveRateIsAtMostFivePercent() {
    Simulation simulation = StatisticsSimulationTest.multiLabel(100, false);

    NullTests.OfDecisions tests = NullTests.decisions(simulation, 200);

    assertThat(tests.signFlip().single()).isBetween(0.03, 0.06);
    assertThat(tests.signFlip().family()).isLessThan(0.08);
    assertThat(tests.mcNemar().single()).isGreaterThan(0.12);
    assertThat(tests.mcNemar().family()).isGreaterThan(0.2);
  }
}
