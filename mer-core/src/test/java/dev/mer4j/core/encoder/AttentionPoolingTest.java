package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import org.junit.jupiter.api.Test;

class AttentionPoolingTest {
  private final Parameters parameters = parameters();
  private final AttentionPooling pooling = new AttentionPooling(2);

  private static Parameters parameters() {
    Parameters.Layout layout = new Parameters.Layout();
    PoolingParameters.declare(layout, Modality.TEXT, 1);
    return layout.allocate();
  }

  private void load(float... vector) {
    System.arraycopy(vector, 0, parameters.values(), 0, 2);
    pooling.load(PoolingParameters.of(parameters, Modality.TEXT), parameters.values());
  }

  private void steps(float... values) {
    float[][] steps = pooling.steps(values.length / 2);
    for (int i = 0; i < values.length; i++) {
      steps[i / 2][i % 2] = values[i];
    }
  }

  @Test
  void isTheMeanIfItsParametersAreZero() {
    load(0, 0);
    steps(1, 2, 3, 6, 5, 10, 7, 14);
    assertThat(pooling.pool()).containsExactly(4, 8);
    assertThat(pooling.weight(3)).isEqualTo(0.25f);
  }

  @Test
  void isTheStepItselfIfThereIsOne() {
    load(3, -2);
    steps(0.3f, 0.7f, 1, 1, 2, 2);
    pooling.pool();
    steps(0.25f, 0.75f);
    assertThat(pooling.pool()).containsExactly(0.25f, 0.75f);
    float[] gradient = new float[2];
    pooling.backward(new float[] {1, -5}, gradient);
    assertThat(gradient).containsOnly(0);
    assertThat(pooling.scoreGradient(0)).isZero();
  }

  @Test
  void largeScoresDoNotOverflow() {
    load(1e4f, 0);
    steps(-1, 4, 1, 5, -1, 6);
    assertThat(pooling.pool()).containsExactly(1, 5);
    load(-1e38f, 0);
    assertThat(pooling.pool()).containsExactly(-1, 5);
  }

  @Test
  void weightsAreTheSoftmaxOfTheScores() {
    load(1, 2);
    steps(0, 0, 0.5f, 0.25f);
    float[] pooled = pooling.pool();
    double share = 1 / (1 + Math.exp(-1));
    assertThat(pooled[0]).isCloseTo((float) (share / 2), within(1e-7f));
    assertThat(pooled[1]).isCloseTo((float) (share / 4), within(1e-7f));
  }
}
