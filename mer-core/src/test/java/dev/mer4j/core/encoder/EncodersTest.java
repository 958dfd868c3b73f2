package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.RandomBatches;
import dev.mer4j.core.parameter.Initialization;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Sequences;
import dev.mer4j.data.batch.Sequences.Layout;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
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
  private static final int HIDDEN = 5;
  static final PerModality<Integer> WIDTHS =
      PerModality.of(Modality.TEXT, 7, Modality.AUDIO, 3, Modality.VISUAL, 11);

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
    assertStates(Backends.named(backend), parameters, raggedBatch(batchSize, steps, layout, trial));
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
    assertThat(distance(gradient, expected)).isLessThan(tolerance(backend));
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
    assertDerivatives(Backends.named(backend), parameters, batch, trial);
  }

  /** Asserts that the gradient of each parameter equals the derivatives of the equations. */
  static void assertDerivatives(Backend backend, Parameters parameters, Batch batch, long seed) {
    PerModality<float[]> upstream = upstream(batch, parameters, seed);
    double[] expected = ReferenceLstmTest.gradient(parameters, batch, upstream);
    float[] found = gradient(backend, parameters, batch, upstream);
    for (ParameterView view : parameters.views()) {
      int end = view.offset() + view.size();
      assertThat(
              distance(
                  Arrays.copyOfRange(found, view.offset(), end),
                  Arrays.copyOfRange(expected, view.offset(), end)))
          .as("%s, %d rows", view.name(), batch.size())
          .isLessThan(backend.tolerance());
    }
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

  static float[] gradient(
      String backend, Parameters parameters, Batch batch, PerModality<float[]> upstream) {
    return gradient(Backends.named(backend), parameters, batch, upstream);
  }

  static float[] gradient(
      Backend backend, Parameters parameters, Batch batch, PerModality<float[]> upstream) {
    float[] gradient = new float[parameters.size()];
    try (Encoders encoders = backend.open(WIDTHS.modalities(), parameters)) {
      encoders.forwardTraining(batch.sequences(), batch.presence());
      encoders.backward(upstream, gradient);
    }
    return gradient;
  }

  private static double tolerance(String backend) {
    return Backends.named(backend).tolerance();
  }

  /** Asserts that the states of inference and training equal the equations. */
  static void assertStates(Backend backend, Parameters parameters, Batch batch) {
    try (Encoders encoders = backend.open(WIDTHS.modalities(), parameters)) {
      PerModality<float[]> states = encoders.forward(batch.sequences(), batch.presence());
      WIDTHS.modalities().forEach(m -> assertStates(backend, states.get(m), parameters, batch, m));
      PerModality<float[]> training = encoders.forwardTraining(batch.sequences(), batch.presence());
      WIDTHS
          .modalities()
          .forEach(m -> assertStates(backend, training.get(m), parameters, batch, m));
    }
  }

  private static void assertStates(
      Backend backend, float[] states, Parameters parameters, Batch batch, Modality modality) {
    double[] expected = new double[states.length];
    for (int b = 0; b < batch.size(); b++) {
      if (batch.presence().has(b, modality)) {
        Sequences sequences = batch.sequences().get(modality);
        double[] row = ReferenceLstm.state(parameters, modality, sequences, b);
        System.arraycopy(row, 0, expected, b * row.length, row.length);
      }
    }
    assertThat(distance(states, expected)).isLessThan(backend.tolerance());
  }

  static Parameters parameters(long seed) {
    Parameters.Layout layout = new Parameters.Layout();
    WIDTHS.forEach((modality, width) -> LstmParameters.declare(layout, modality, width, HIDDEN));
    Parameters parameters = layout.allocate();
    Initialization initialization = new Initialization(new Seeds(seed));
    for (ParameterView view : parameters.views()) {
      initialization.uniform(parameters, view.name(), HIDDEN);
    }
    return parameters;
  }

  /** Returns parameters with attention pooling whose weights differ by a factor of about ten. */
  static Parameters pooled(long seed) {
    Parameters.Layout layout = new Parameters.Layout();
    WIDTHS.forEach((modality, width) -> LstmParameters.declare(layout, modality, width, HIDDEN));
    WIDTHS.modalities().forEach(m -> PoolingParameters.declare(layout, m, HIDDEN));
    Parameters parameters = layout.allocate();
    System.arraycopy(parameters(seed).values(), 0, parameters.values(), 0, parameters(seed).size());
    SeedStream draws = new Seeds(seed).stream("pooling");
    for (int i = parameters(seed).size(); i < parameters.size(); i++) {
      parameters.values()[i] = (float) (3 * draws.nextGaussian());
    }
    return parameters;
  }

  /**
   * Returns a batch with lengths 0, 1 and T, if it is large enough, and about a quarter of the
   * modalities absent.
   */
  static Batch raggedBatch(int batchSize, int steps, Layout layout, long seed) {
    SeedStream draws = new Seeds(seed).stream("ragged");
    PerModality.Builder<int[]> lengths = PerModality.builder();
    for (Modality modality : Modality.MOSEI) {
      int[] rows = new int[batchSize];
      for (int b = 0; b < batchSize; b++) {
        rows[b] = b == 0 ? steps : b == 1 ? 0 : b == 2 ? 1 : draws.nextInt(steps + 1);
      }
      lengths.put(modality, rows);
    }
    List<ModalitySet> presence = new ArrayList<>();
    for (int b = 0; b < batchSize; b++) {
      ModalitySet row = ModalitySet.of(Modality.MOSEI);
      for (Modality modality : Modality.MOSEI) {
        if (b > 2 && draws.nextInt(4) == 0) {
          row = row.without(modality);
        }
      }
      presence.add(row);
    }
    return RandomBatches.batch(WIDTHS, lengths.build(), presence, layout, seed);
  }

  static PerModality<float[]> upstream(Batch batch, Parameters parameters, long seed) {
    int width = EncoderShape.of(WIDTHS.modalities(), parameters).stateWidth();
    SeedStream draws = new Seeds(seed).stream("upstream");
    PerModality.Builder<float[]> upstream = PerModality.builder();
    for (Modality modality : Modality.MOSEI) {
      float[] values = new float[batch.size() * width];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) draws.nextGaussian();
      }
      upstream.put(modality, values);
    }
    return upstream.build();
  }

  static double[] doubles(float[] values) {
    double[] copy = new double[values.length];
    Arrays.setAll(copy, i -> values[i]);
    return copy;
  }

  /** Returns ‖a−b‖/‖b‖, or ‖a‖ if b is zero. */
  static double distance(float[] a, double[] b) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < b.length; i++) {
      difference += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
    return Math.sqrt(difference) / (norm == 0 ? 1 : Math.sqrt(norm));
  }
}
