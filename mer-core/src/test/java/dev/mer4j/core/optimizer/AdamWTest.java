package dev.mer4j.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.core.optimizer.AdamW.Rates;
import dev.mer4j.core.optimizer.GradientClipping.Clipped;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdamWTest {
  /** The results of PyTorch, written by src/test/python/adamw.py. */
  record Reference(
      double learningRate,
      double weightDecay,
      double maxNorm,
      float[] initial,
      List<float[]> gradients,
      List<Float> norms,
      List<float[]> parameters,
      float[] mean,
      float[] square) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "learning rate %s, decay %s, norm at most %s",
          learningRate,
          weightDecay,
          maxNorm);
    }
  }

  static List<Reference> references() throws IOException {
    try (InputStream in = AdamWTest.class.getResourceAsStream("adamw.json")) {
      return List.of(new ObjectMapper().readValue(in, Reference[].class));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("references")
  void updatesAndClipsLikePyTorch(Reference expected) {
    float[] parameters = expected.initial().clone();
    GradientClipping clipping = new GradientClipping(expected.maxNorm());
    AdamW optimizer =
        new AdamW(new Rates(expected.learningRate(), expected.weightDecay()), parameters.length);

    for (int step = 0; step < expected.gradients().size(); step++) {
      float[] gradient = expected.gradients().get(step);
      Clipped clipped = clipping.apply(gradient);
      optimizer.update(parameters, gradient, clipped.scale());

      float norm = expected.norms().get(step);
      assertThat(clipped.norm()).isCloseTo(norm, within(1e-6 * norm));
      assertThat(clipped.clipped()).isEqualTo(norm > expected.maxNorm() - 1e-6);
      assertThat(parameters).containsExactly(expected.parameters().get(step), roundings(4));
    }
    assertThat(optimizer.state().step()).isEqualTo(expected.gradients().size());
    assertThat(optimizer.state().mean()).containsExactly(expected.mean(), roundings(4));
    for (int i = 0; i < parameters.length; i++) {
      assertThat(optimizer.state().square()[i])
          .isCloseTo(expected.square()[i], withinPercentage(1e-4));
    }
  }

  /** Returns the error of {@code count} roundings of a number near 1 in single precision. */
  private static Offset<Float> roundings(int count) {
    return within(count * Math.ulp(1f));
  }

  @Test
  void firstStepIsTheLearningRateForAnyGradient() {
    float[] parameters = {1, 1, 1};

    new AdamW(new Rates(0.01, 0), 3).update(parameters, new float[] {1e-3f, -7, 0}, 1);

    assertThat(parameters).containsExactly(new float[] {0.99f, 1.01f, 1}, within(1e-6f));
  }

  @Test
  void decaysWithoutAGradient() {
    float[] parameters = {2};

    new AdamW(new Rates(0.1, 0.5), 1).update(parameters, new float[] {0}, 1);

    assertThat(parameters).containsExactly(1.9f);
  }

  @Test
  void restoredStateContinuesBitIdentically() {
    SeedStream draws = new Seeds(3).stream("test");
    float[] through = random(draws, 100_000);
    float[] first = random(draws, through.length);
    float[] second = random(draws, through.length);
    float[] resumed = through.clone();
    Rates rates = new Rates(1e-3, 0.01);

    AdamW optimizer = new AdamW(rates, through.length);
    optimizer.update(through, first, 1);
    optimizer.update(through, second, 0.5);

    AdamW before = new AdamW(rates, resumed.length);
    before.update(resumed, first, 1);
    AdamW after = new AdamW(rates, resumed.length);
    after.restore(before.state());
    after.update(resumed, second, 0.5);

    assertThat(resumed).isEqualTo(through);
    assertThat(after.state().square()).isEqualTo(optimizer.state().square());
  }

  @Test
  void updatesEveryElementIndependently() {
    SeedStream draws = new Seeds(4).stream("test");
    float[] parameters = random(draws, 70_001);
    float[] gradient = random(draws, parameters.length);
    float[] last = {parameters[70_000]};

    new AdamW(new Rates(0.1, 0.1), parameters.length).update(parameters, gradient, 0.7);
    new AdamW(new Rates(0.1, 0.1), 1).update(last, new float[] {gradient[70_000]}, 0.7);

    assertThat(parameters[70_000]).isEqualTo(last[0]);
  }

  @Test
  void refusesAnotherNumberOfParameters() {
    AdamW optimizer = new AdamW(new Rates(0.1, 0), 3);

    assertThatThrownBy(() -> optimizer.update(new float[3], new float[4], 1))
        .isInstanceOf(MerException.class)
        .hasMessage("the optimizer has 3 parameters, found 4");
  }

  @Test
  void namesEveryRateOutOfRange() {
    assertThatThrownBy(() -> new Rates(-1, -2))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("learning rate must be above 0 and finite: -1.0")
        .hasMessageContaining("weight decay must be at least 0");
    assertThatThrownBy(() -> new Rates(0.5, 2)).isInstanceOf(ConfigException.class);
  }

  private static float[] random(SeedStream draws, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) draws.nextGaussian();
    }
    return values;
  }
}
