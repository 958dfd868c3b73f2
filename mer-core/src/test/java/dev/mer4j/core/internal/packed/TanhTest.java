package dev.mer4j.core.internal.packed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TanhTest {
  /** The largest error that {@code tanh.py} finds, rounded up. */
  private static final double ERROR = 3.3e-7;

  @Test
  void differsFromTheTangentByLessThanTheDocumentedError() {
    for (int i = -1_200_000; i <= 1_200_000; i++) {
      float x = i * 1e-5f;
      assertThat(Math.abs(Tanh.of(x) - Math.tanh(x))).as("%s", x).isLessThan(ERROR);
    }
  }

  @Test
  void hasASmallRelativeErrorNearZero() {
    for (float x = 1; x > 1e-30f; x /= 1.5f) {
      assertThat(Math.abs(Tanh.of(x) / Math.tanh(x) - 1)).as("%s", x).isLessThan(ERROR);
    }
  }

  @Test
  void isOddAndAtMostOne() {
    for (float x = 0; x < 20; x += 0.001f) {
      assertThat(Tanh.of(-x)).isEqualTo(-Tanh.of(x));
      assertThat(Tanh.of(x)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void handlesValuesThatAreNotFinite() {
    assertThat(Tanh.of(Float.NaN)).isNaN();
    assertThat(Tanh.of(Float.POSITIVE_INFINITY)).isEqualTo(Tanh.of(8));
    assertThat(Tanh.of(Float.NEGATIVE_INFINITY)).isEqualTo(Tanh.of(-8));
  }
}
