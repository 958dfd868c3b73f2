package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class Float16Test {
  @Test
  void everyFiniteValueEqualsTheStandard() {
    for (int half = 0; half < 0x10000; half++) {
      int exponent = (half >> 10) & 31;
      if (exponent < 31) {
        int mantissa = half & 1023;
        double size =
            exponent == 0
                ? mantissa * Math.pow(2, -24)
                : (1024 + mantissa) * Math.pow(2, exponent - 25);
        double expected = half < 0x8000 ? size : -size;
        assertThat((double) Float16.value((short) half)).isEqualTo(expected);
        assertThat(Float16.of((float) expected)).isEqualTo((short) half);
      }
    }
  }

  @Test
  void roundsToNearestEven() {
    Random random = new Random(1);
    for (int trial = 0; trial < 200_000; trial++) {
      float value =
          (float) ((random.nextDouble() - 0.5) * 2 * Math.pow(2, random.nextInt(41) - 25));
      if (Math.abs(value) > Float16.MAX) {
        continue;
      }
      short half = Float16.of(value);
      double error = Math.abs(Float16.value(half) - (double) value);
      for (int step : new int[] {-1, 1}) {
        int neighbour = (half & 0x7fff) + step;
        if (neighbour >= 0 && neighbour < 0x7c00) {
          double other = Math.copySign(Float16.value((short) neighbour), value);
          assertThat(error).isLessThanOrEqualTo(Math.abs(other - value));
        }
      }
    }
    assertThat(Float16.value(Float16.of(2049))).isEqualTo(2048);
    assertThat(Float16.value(Float16.of(2051))).isEqualTo(2052);
    assertThat(Float16.value(Float16.of(0x1p-25f))).isZero();
    assertThat(Float16.value(Float16.of(0x1.8p-24f))).isEqualTo(0x1p-23f);
    assertThat(Float16.value(Float16.of(65504))).isEqualTo(65504);
  }
}
