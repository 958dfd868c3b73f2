package dev.mer4j.core.encoder;

import static dev.mer4j.core.encoder.EncoderAssertions.gradient;
import static dev.mer4j.core.encoder.EncoderSamples.HIDDEN;
import static dev.mer4j.core.encoder.EncoderSamples.WIDTHS;
import static dev.mer4j.core.encoder.EncoderSamples.parameters;
import static dev.mer4j.core.encoder.EncoderSamples.pooled;
import static dev.mer4j.core.encoder.EncoderSamples.raggedBatch;
import static dev.mer4j.core.encoder.EncoderSamples.upstream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.RelativeError;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences.Layout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares every backend with the equations of the LSTM in double precision.
 *
 * <p>In single precision the tolerance is 1e-4 on ‖a−b‖/‖b‖: the error is about 1e-7 per step, and
 * rows have up to 40 steps. Backends that round the factors of products declare their tolerance.
 */
public class EncodersTest {
  static List<String> backends() {
    return TestedBackends.names();
  }

  static Stream<Arguments> batches() {
    return backends().stream()
        .flatMap(
            backend -> {
              int longest = TestedBackends.areSlow() ? 9 : 40;
              return Stream.of(Layout.values())
                  .flatMap(
                      layout ->
                          Stream.of(
                              Arguments.of(backend, 1, 1, layout),
                              Arguments.of(backend, 1, longest, layout),
                              Arguments.of(backend, 16, 1, layout),
                              Arguments.of(backend, 23, longest, layout)));
            });
  }

  @ParameterizedTest(name = "{0}, batch of {1}, up to {2} steps, {3}")
  @MethodSource("batches")
  void statesEqualTheEquations(String backend, int batchSize, int steps, Layout layout) {
    for (int trial = 0; trial < TestedBackends.trials(); trial++) {
      assertStates(backend, batchSize, steps, layout, trial, parameters(trial));
    }
  }

  @ParameterizedTest(name = "{0}, batch of {1}, up to {2} steps, {3}")
  @MethodSource("batches")
  void pooledStatesEqualTheEquations(String backend, int batchSize, int steps, Layout layout) {
    if (refusesPooling(backend)) {
      return;
    }
    for (int trial = 3; trial < 3 + TestedBackends.trials(); trial++) {
      assertStates(backend, batchSize, steps, layout, trial, pooled(trial));
    }
  }

  private static void assertStates(
      String backend, int batchSize, int steps, Layout layout, int trial, Parameters parameters) {
    Batch batch = raggedBatch(batchSize, steps, layout, trial);
    EncoderAssertions.assertStates(Backends.named(backend), parameters, batch);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gradientsEqualFiniteDifferencesOfTheEquations(String backend) {
    assertFiniteDifferences(backend, parameters(1));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void pooledGradientsEqualFiniteDifferencesOfTheEquations(String backend) {
    if (refusesPooling(backend)) {
      return;
    }
    assertFiniteDifferences(backend, pooled(1));
  }

  private static void assertFiniteDifferences(String backend, Parameters parameters) {
    Batch batch = raggedBatch(6, 8, Layout.BATCH_FIRST, 1);
    PerModality<float[]> upstream = upstream(batch, parameters, 1);
    float[] gradient = gradient(backend, parameters, batch, upstream);
    double[] expected = ReferenceLstmTest.finiteDifferences(parameters, batch, upstream);
    // Central differences of single-precision parameters with step 2^-10 are accurate to about
    // 1e-5.
    assertThat(RelativeError.of(gradient, expected)).isLessThan(tolerance(backend));
  }

  static Stream<Arguments> sizes() {
    int longest = TestedBackends.areSlow() ? 9 : 30;
    return backends().stream()
        .flatMap(
            backend ->
                Stream.of(
                    Arguments.of(backend, 1, 1),
                    Arguments.of(backend, 1, longest),
                    Arguments.of(backend, 9, 1),
                    Arguments.of(backend, 9, longest),
                    Arguments.of(backend, 16, longest / 2 + 2)));
  }

  @ParameterizedTest(name = "{0}, batch of {1}, up to {2} steps")
  @MethodSource("sizes")
  void gradientsEqualTheDerivativesOfTheEquations(String backend, int batchSize, int steps) {
    for (int trial = 0; trial < TestedBackends.trials(); trial++) {
      assertDerivatives(backend, batchSize, steps, trial, parameters(trial));
    }
  }

  @ParameterizedTest(name = "{0}, batch of {1}, up to {2} steps")
  @MethodSource("sizes")
  void pooledGradientsEqualTheDerivativesOfTheEquations(String backend, int batchSize, int steps) {
    if (refusesPooling(backend)) {
      return;
    }
    for (int trial = 3; trial < 3 + TestedBackends.trials(); trial++) {
      assertDerivatives(backend, batchSize, steps, trial, pooled(trial));
    }
  }

  private static void assertDerivatives(
      String backend, int batchSize, int steps, int trial, Parameters parameters) {
    Batch batch = raggedBatch(batchSize, steps, Layout.TIME_FIRST, trial);
    EncoderAssertions.assertDerivatives(Backends.named(backend), parameters, batch, trial);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void absentModalityHasZeroStateAndNoGradient(String backend) {
    assertAbsence(backend, parameters(2));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void absentModalityHasZeroPooledStateAndNoGradient(String backend) {
    if (refusesPooling(backend)) {
      return;
    }
    assertAbsence(backend, pooled(2));
  }

  private static void assertAbsence(String backend, Parameters parameters) {
    Batch full = raggedBatch(4, 6, Layout.BATCH_FIRST, 2);
    Presence noAudio = full.presence().and(ModalitySet.of(Modality.TEXT, Modality.VISUAL));
    Batch batch = new Batch(full.segments(), noAudio, full.sequences(), full.targets());
    try (Encoders encoders = Backends.named(backend).open(WIDTHS.modalities(), parameters)) {
      PerModality<float[]> states = encoders.forwardTraining(batch.sequences(), batch.presence());
      assertThat(states.get(Modality.AUDIO)).containsOnly(0f);
      float[] gradient = new float[parameters.size()];
      Arrays.fill(gradient, Float.NaN);
      encoders.backward(upstream(batch, parameters, 2), gradient);
      assertThat(gradient).doesNotContain(Float.NaN);
      for (ParameterView view : parameters.views()) {
        if (view.name().contains("audio")) {
          int end = view.offset() + view.size();
          assertThat(Arrays.copyOfRange(gradient, view.offset(), end)).containsOnly(0f);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void sameInputsGiveBitIdenticalResults(String backend) {
    assertSameBits(backend, parameters(3));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void sameInputsGiveBitIdenticalPooledResults(String backend) {
    if (refusesPooling(backend)) {
      return;
    }
    assertSameBits(backend, pooled(3));
  }

  private static void assertSameBits(String backend, Parameters parameters) {
    Batch batch = raggedBatch(8, 12, Layout.TIME_FIRST, 3);
    PerModality<float[]> upstream = upstream(batch, parameters, 3);
    assertThat(gradient(backend, parameters, batch, upstream))
        .isEqualTo(gradient(backend, parameters, batch, upstream));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void zeroParametersPoolTheMeanOfTheSteps(String backend) {
    if (refusesPooling(backend)) {
      return;
    }
    Parameters parameters = pooled(4);
    for (Modality modality : WIDTHS.modalities()) {
      ParameterView view = PoolingParameters.of(parameters, modality);
      Arrays.fill(parameters.values(), view.offset(), view.offset() + view.size(), 0);
    }
    assertStates(backend, 16, 9, Layout.TIME_FIRST, 4, parameters);
  }

  /** Returns whether a backend has no attention pooling; then it must refuse to open. */
  private static boolean refusesPooling(String name) {
    Backend backend = Backends.named(name);
    EncoderShape shape = new EncoderShape(WIDTHS, HIDDEN, Pooling.ATTENTION);
    Optional<String> reason = backend.unsupportedReason(shape);
    reason.ifPresent(
        why ->
            assertThatThrownBy(() -> backend.open(WIDTHS.modalities(), pooled(0)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why));
    return reason.isPresent();
  }

  private static double tolerance(String backend) {
    return Backends.named(backend).tolerance();
  }
}
