package dev.mer4j.data.internal.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RoundingTest {
  /** The reference is BigDecimal's conversion of the exact decimal number. */
  @Test
  void roundsToTheNearestDoubleAsBigDecimalDoes() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      long mantissa = random.nextLong() >>> (1 + random.nextInt(63));
      int exponent = random.nextInt(1300) - 1150;
      assertThat(Rounding.toDouble(mantissa, exponent))
          .as("%d * 2^%d", mantissa, exponent)
          .isEqualTo(exact(mantissa, exponent).doubleValue());
    }
  }

  @Test
  void roundsTiesToEven() {
    long even = 1L << 52;
    assertThat(Rounding.toDouble(2 * even + 1, 0)).isEqualTo(2.0 * even);
    assertThat(Rounding.toDouble(2 * even + 3, 0)).isEqualTo(2.0 * even + 4);
    assertThat(Rounding.toDouble(1, -1075)).isZero();
    assertThat(Rounding.toDouble(3, -1076)).isEqualTo(Double.MIN_VALUE);
    assertThat(Rounding.toDouble(3, -1075)).isEqualTo(2 * Double.MIN_VALUE);
    assertThat(Rounding.toDouble(Long.MAX_VALUE, 961)).isInfinite();
    assertThat(Rounding.toDouble(0, 5)).isZero();
  }

  private static BigDecimal exact(long mantissa, int exponent) {
    BigDecimal power = BigDecimal.valueOf(2).pow(Math.abs(exponent));
    BigDecimal value = BigDecimal.valueOf(mantissa);
    return exponent < 0 ? value.divide(power) : value.multiply(power);
  }
}
