package dev.mer4j.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.optimizer.GradientClipping.Clipped;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientClippingTest {
  @Test
  void shortensALongGradientToTheLimit() {
    Clipped clipped = new GradientClipping(1).apply(new float[] {3, 4});

    assertThat(clipped.norm()).isEqualTo(5);
    assertThat(clipped.scale()).isCloseTo(0.2, within(1e-7));
    assertThat(clipped.clipped()).isTrue();
  }

  @Test
  void keepsAShortGradient() {
    Clipped clipped = new GradientClipping(10).apply(new float[] {3, 4});

    assertThat(clipped.scale()).isEqualTo(1);
    assertThat(clipped.clipped()).isFalse();
  }

  @Test
  void normIncludesMillionsOfSmallValues() {
    float[] gradient = new float[2_000_000];
    Arrays.fill(gradient, 1e-3f);

    assertThat(new GradientClipping(1).apply(gradient).norm())
        .isCloseTo(Math.sqrt(2), within(1e-7));
  }

  @Test
  void normOfValuesWhoseSquaresOverflowFloat() {
    assertThat(new GradientClipping(1).apply(new float[] {3e30f, 4e30f}).norm())
        .isCloseTo(5e30, within(1e24));
  }

  @Test
  void neverClipsWithoutALimit() {
    Clipped clipped =
        new GradientClipping(Double.POSITIVE_INFINITY).apply(new float[] {3e30f, 4e30f});

    assertThat(clipped.scale()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void normOfNonFiniteGradientIsNotFinite(float value) {
    assertThat(new GradientClipping(1).apply(new float[] {1, value}).norm()).isNotFinite();
  }

  @Test
  void acceptsAnEmptyGradient() {
    Clipped clipped = new GradientClipping(1).apply(new float[0]);

    assertThat(clipped.norm()).isZero();
    assertThat(clipped.clipped()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void refusesNonPositiveLimits(double limit) {
    assertThatThrownBy(() -> new GradientClipping(limit))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("must be above 0");
  }
}
