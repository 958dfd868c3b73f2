package dev.mer4j.eval.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import org.junit.jupiter.api.Test;

class GradientBalanceTest {
  private static double balance(double text, double audio, double visual) {
    return GradientBalance.of(
            PerModality.of(Modality.TEXT, text, Modality.AUDIO, audio, Modality.VISUAL, visual))
        .orElseThrow()
        .balance();
  }

  @Test
  void equalNormsAreBalanced() {
    assertThat(balance(0.3, 0.3, 0.3)).isCloseTo(1, within(1e-15));
  }

  @Test
  void gradientOfOneEncoderIsNot() {
    assertThat(balance(0, 2, 0)).isZero();
  }

  /** The value is that of {@code scipy.stats.entropy([0.1, 0.5, 1.4]) / log(3)}. */
  @Test
  void equalsScipysNormalizedEntropy() {
    assertThat(balance(0.1, 0.5, 1.4)).isCloseTo(0.6790681957683445, within(1e-12));
  }

  @Test
  void isUndefinedWithoutGradients() {
    assertThat(balance(0, 0, 0)).isNaN();
  }

  @Test
  void oneModalityHasNoBalance() {
    assertThat(GradientBalance.of(PerModality.of(Modality.TEXT, 1.0))).isEmpty();
  }
}
