package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogProbabilityTest {
  @Test
  void certaintyIsTwentyFourBits() {
    double bits = 24 * Math.log(2);

    assertThat(LogProbability.of(0)).isCloseTo(-bits, within(1e-12));
    assertThat(LogProbability.of(1)).isZero();
    assertThat(LogProbability.logit(0)).isCloseTo(-bits, within(1e-12));
    assertThat(LogProbability.logit(1)).isCloseTo(bits, within(1e-12));
    assertThat(LogProbability.logit(0.75)).isCloseTo(Math.log(3), within(1e-12));
    // The highest single-precision probability below 1 is not clipped.
    assertThat(LogProbability.of(1 - (double) Math.nextDown(1f))).isCloseTo(-bits, within(1e-12));
  }
}
