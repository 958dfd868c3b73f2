package dev.mer4j.eval.statistics;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeaveOneOutTest {
  private static final double[] WITHOUT = {0.40, 0.43, 0.41, 0.42, 0.44, 0.35};

  /**
   * Expected: numpy and scipy, by src/test/python/expected_statistics.py; the library finds
   * quantiles within 1e-9.
   */
  @Test
  void isStudentsIntervalOfTheJackknife() {
    LeaveOneOut values = new LeaveOneOut(0.42, WITHOUT);

    Interval difference = values.ofDifference();
    assertThat(difference.estimate()).isEqualTo(0.42);
    assertThat(difference.low()).isCloseTo(0.311025950364068, within(1e-9));
    assertThat(difference.high()).isCloseTo(0.645640716302598, within(1e-9));
    assertThat(values.pOfZero()).isCloseTo(0.0007320827952909374, within(1e-9));
    Interval metric = values.ofMetric();
    assertThat(metric.estimate()).isEqualTo(0.42);
    assertThat(metric.low()).isCloseTo(0.31925241267991145, within(1e-9));
    assertThat(metric.high()).isCloseTo(0.6419338662013961, within(1e-9));
  }

  @Test
  void aMetricStaysBetweenZeroAndOne() {
    Interval nearOne = new LeaveOneOut(0.98, new double[] {0.99, 0.97, 1, 0.91}).ofMetric();

    assertThat(nearOne.low()).isBetween(0.0, 0.98);
    assertThat(nearOne.high()).isBetween(0.98, 1.0);
  }

  @Test
  void isUndefinedWithoutVariance() {
    LeaveOneOut equal = new LeaveOneOut(0, new double[] {0, 0, 0});
    LeaveOneOut shifted = new LeaveOneOut(0.3, new double[] {0.3, 0.3});

    assertThat(equal.ofMetric()).isEqualTo(new Interval(0, NaN, NaN));
    assertThat(equal.ofDifference()).isEqualTo(new Interval(0, NaN, NaN));
    assertThat(equal.pOfZero()).isEqualTo(1);
    assertThat(shifted.ofDifference().isDefined()).isFalse();
    assertThat(shifted.pOfZero()).isNaN();
  }

  @Test
  void isUndefinedIfAValueIsUndefined() {
    LeaveOneOut gap = new LeaveOneOut(0.3, new double[] {0.3, NaN, 0.2});

    assertThat(gap.ofMetric()).isEqualTo(new Interval(0.3, NaN, NaN));
    assertThat(gap.pOfZero()).isNaN();
  }

  @Test
  void aDifferenceThatIsZeroByChanceHasNoPValueIfItIsUndefinedWithoutAVideo() {
    assertThat(new LeaveOneOut(0, new double[] {0.1, NaN, -0.1}).pOfZero()).isNaN();
    assertThat(new LeaveOneOut(0, new double[] {0.1, 0.1}).pOfZero()).isNaN();
    assertThat(new LeaveOneOut(0, new double[] {0, NaN, 0}).pOfZero()).isEqualTo(1);
  }
}
