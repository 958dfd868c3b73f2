package dev.mer4j.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.ConfigException;
import dev.mer4j.data.label.LabelSet.Task;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AsymmetricLossTest {
  /** The results of PyTorch, written by src/test/python/asymmetric_loss.py. */
  record Reference(
      double positiveGamma,
      double negativeGamma,
      double margin,
      List<Double> weights,
      float[] logits,
      float[] targets,
      double loss,
      double[] gradient) {
    Loss configured() {
      return new Loss(weights, 0, new Asymmetry(positiveGamma, negativeGamma, margin));
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%s, %s, %s", positiveGamma, negativeGamma, margin);
    }
  }

  static List<Reference> references() throws IOException {
    try (InputStream in = AsymmetricLossTest.class.getResourceAsStream("asymmetric_loss.json")) {
      return List.of(new ObjectMapper().readValue(in, Reference[].class));
    }
  }

  static Stream<Loss> losses() throws IOException {
    return references().stream().map(Reference::configured);
  }

  /**
   * The loss agrees within 1e-12, because both are in double precision. The gradient is rounded to
   * single precision twice, 1.2e-7 of its value; differences of 1e-9 are below that of the largest
   * ones.
   */
  @ParameterizedTest(name = "γ₊, γ₋, m: {0}")
  @MethodSource("references")
  void equalsPyTorch(Reference expected) {
    Matrix gradient = new Matrix(expected.logits().length / 6, 6);
    double loss = of(expected.configured(), expected.logits(), expected.targets(), gradient);

    assertThat(loss).isCloseTo(expected.loss(), within(1e-12));
    for (int i = 0; i < expected.gradient().length; i++) {
      double wanted = expected.gradient()[i];
      assertThat((double) gradient.values()[i])
          .isCloseTo(wanted, within(1e-9 + 1.2e-7 * Math.abs(wanted)));
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientEqualsFiniteDifferences(Loss loss) {
    float[] logits = {-3, -2, -1, -0.5f, 0, 0.5f, 1, 2, 3, 4, -0.25f, 0.25f};
    float[] targets = {0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1};
    Matrix gradient = new Matrix(2, 6);
    of(loss, logits, targets, gradient);

    FiniteDifferences.assertGradient(
        logits, gradient.values().clone(), () -> of(loss, logits, targets, new Matrix(2, 6)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void staysFiniteForExtremeLogits(Loss loss) {
    float[] logits = {-3e38f, -1000, -40, 40, 1000, 3e38f};
    for (float present : new float[] {0, 1}) {
      float[] targets = {present, present, present, present, present, present};
      Matrix gradient = new Matrix(1, 6);

      assertThat(of(loss, logits, targets, gradient)).isFinite();
      for (float g : gradient.values()) {
        assertThat(g).isFinite();
      }
    }
  }

  @Test
  void absentEmotionBelowTheMarginAddsNothing() {
    Loss loss = new Loss(Loss.UNWEIGHTED.weights(), 0, new Asymmetry(0, 0, 0.5));
    float[] logits = {-9, -1, -0.2f, -2, -0.1f, -3};
    Matrix gradient = new Matrix(1, 6);

    assertThat(of(loss, logits, new float[6], gradient)).isZero();
    assertThat(gradient.values()).containsOnly(0);
  }

  @Test
  void withEqualGammasAndWithoutMarginIsTheFocalLoss() throws IOException {
    Reference sample = references().get(0);
    Matrix focal = new Matrix(5, 6);
    Matrix asymmetric = new Matrix(5, 6);
    Loss equal = new Loss(sample.weights(), 0, new Asymmetry(2, 2, 0));

    assertThat(of(equal, sample.logits(), sample.targets(), asymmetric))
        .isEqualTo(of(new Loss(sample.weights(), 2), sample.logits(), sample.targets(), focal));
    assertThat(asymmetric.values()).isEqualTo(focal.values());
  }

  @Test
  void namesEverySettingOutOfRange() {
    assertThatThrownBy(() -> new Asymmetry(0.5, -1, 1))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "loss.asymmetry: positiveGamma must be 0 or in [1, 10]: 0.5; negativeGamma must be 0 or"
                + " in [1, 10]: -1.0; margin must be in [0, 1): 1.0");
    List<Double> equal = Loss.UNWEIGHTED.weights();
    assertThatThrownBy(() -> new Loss(equal, 2, new Asymmetry(0, 4, 0)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("loss: focal gamma and asymmetry exclude each other: 2.0, ");
  }

  @Test
  void refusesTheSingleLabelTask() {
    Loss loss = new Loss(Loss.UNWEIGHTED.weights(), 0, new Asymmetry(0, 4, 0.05));

    assertThatThrownBy(() -> new LossFunction(Task.SINGLE_LABEL, loss))
        .isInstanceOf(ConfigException.class)
        .hasMessage("loss.asymmetry requires a multi-label model");
  }

  private static double of(Loss loss, float[] logits, float[] targets, Matrix gradient) {
    Matrix matrix = new Matrix(gradient.rows(), gradient.columns());
    matrix.load(logits, 0);
    return new LossFunction(Task.MULTI_LABEL, loss).of(matrix, targets, gradient);
  }
}
