package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.cuda.internal.driver.CudaException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Sequences;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests sizes, devices, memory and closing of the backend on an emulated GPU. {@code EncodersTest}
 * of mer-core, which also runs here, tests what all backends have in common.
 */
class CudaEncodersTest extends EmulatedGpuTest {
  private static final int MULTIPROCESSORS = 16;

  @ParameterizedTest(name = "H = {0}")
  @ValueSource(ints = {3, 64, 65, 128, 200, 256})
  void gradientsEqualTheEquationsOnEveryComputeCapability(int hidden) {
    Trial trial = Trial.of(hidden, 5, 6, hidden);
    float[] expected = trial.expectedGradient();
    for (int capability : new int[] {80, 86, 90}) {
      gpu.mer_emulator_set_capability(capability / 10, capability % 10);
      float[] found = gradient(trial);
      assertThat(trial.distance(found, expected)).as("%d", capability).isLessThan(1e-4);
    }
  }

  @ParameterizedTest(name = "H = {0}")
  @ValueSource(ints = {64, 100, 200})
  void pooledGradientsEqualTheOracleOnEveryKindOfGpu(int hidden) {
    Trial trial = Trial.pooled(hidden, 5, 6, hidden);
    float[] expected;
    try (Encoders oracle =
        Backends.named("native").open(Trial.WIDTHS.modalities(), trial.parameters())) {
      expected = trial.gradient(oracle);
    }
    for (int capability : new int[] {80, 90}) {
      gpu.mer_emulator_set_capability(capability / 10, capability % 10);
      assertThat(trial.distance(gradient(trial), expected)).as("%d", capability).isLessThan(1e-4);
    }
  }

  @Test
  void resultsDoNotDependOnTheOrderOfThreads() {
    assertOrderHasNoEffect(Trial.of(128, 9, 7, 1), 3);
    assertOrderHasNoEffect(Trial.pooled(128, 5, 4, 1), 1);
  }

  private void assertOrderHasNoEffect(Trial trial, int seeds) {
    gpu.mer_emulator_set_order(0);
    float[] first = gradient(trial);
    for (int seed = 1; seed <= seeds; seed++) {
      gpu.mer_emulator_set_order(seed);
      assertThat(gradient(trial)).isEqualTo(first);
    }
  }

  @Test
  void oneBackendRunsBatchesOfAllShapes() {
    Trial largest = Trial.of(20, 19, 12, 1);
    Trial small = Trial.of(20, 3, 2, 1);
    try (Encoders encoders = open(largest)) {
      float[] expected = largest.gradient(encoders);
      for (int i = 0; i < 3; i++) {
        encoders.forward(small.batch().sequences(), small.batch().presence());
        assertThat(largest.gradient(encoders)).isEqualTo(expected);
      }
    }
  }

  @Test
  void pooledStatesOfInferenceAreThoseOfTraining() {
    Trial trial = Trial.pooled(20, 4, 5, 1);
    try (Encoders encoders = open(trial)) {
      PerModality<float[]> states = trial.states(encoders);
      assertThat(encoders.forwardTraining(trial.batch().sequences(), trial.batch().presence()))
          .usingRecursiveComparison()
          .isEqualTo(states);
    }
  }

  @Test
  void batchWithoutStepsHasZeroPooledStatesAndGradient() {
    Trial trial = Trial.pooled(20, 2, 0, 1);
    Trial other = Trial.pooled(20, 4, 5, 1);
    try (Encoders encoders = open(trial)) {
      other.gradient(encoders);
      assertThat(trial.states(encoders).values())
          .allSatisfy(states -> assertThat(states).hasSize(2 * 80).containsOnly(0));
      assertThat(trial.gradient(encoders)).containsOnly(0);
    }
  }

  @Test
  void usesChangedParameters() {
    Trial trial = Trial.of(20, 4, 5, 1);
    try (Encoders encoders = open(trial)) {
      trial.states(encoders);
      int changed = trial.parameters().view("encoders.visual.bias_ih_l0_reverse").offset();
      trial.parameters().values()[changed] += 1;
      PerModality<float[]> states = trial.states(encoders);
      try (Encoders other = open(trial)) {
        assertThat(states.get(Modality.VISUAL)).isEqualTo(trial.states(other).get(Modality.VISUAL));
      }
    }
  }

  @Test
  void uploadsParametersOnlyIfTheyChanged() {
    Trial trial = Trial.of(20, 4, 5, 1);
    WatchedDriver watched = new WatchedDriver(gpu);
    try (Encoders encoders =
        new CudaBackend(watched::driver).open(Trial.WIDTHS.modalities(), trial.parameters())) {
      int before = watched.calls("cuMemcpyHtoDAsync_v2");
      trial.states(encoders);
      int first = watched.calls("cuMemcpyHtoDAsync_v2") - before;
      trial.states(encoders);
      assertThat(watched.calls("cuMemcpyHtoDAsync_v2") - before - first).isEqualTo(first - 1);
    }
  }

  @Test
  void sumsOverManyStepsInSlicesOnALargeGpu() {
    // Reordering, projection, forward and backward recurrence, products, and the sum of the slices.
    assertSlices(Trial.of(20, 32, 50, 1), 6);
  }

  @Test
  void poolsStepsThatAreSummedInSlices() {
    // Also pooling, its gradients, and the sum of the rows' gradients of v.
    assertSlices(Trial.pooled(20, 32, 50, 1), 9);
  }

  private void assertSlices(Trial trial, int launches) {
    WatchedDriver watched = new WatchedDriver(gpu).reporting(MULTIPROCESSORS, 132);
    try (Encoders encoders =
            new CudaBackend(watched::driver).open(Trial.WIDTHS.modalities(), trial.parameters());
        Encoders oracle =
            Backends.named("native").open(Trial.WIDTHS.modalities(), trial.parameters())) {
      float[] found = trial.gradient(encoders);
      assertThat(watched.calls("cuLaunchKernel")).isEqualTo(launches);
      assertThat(trial.distance(found, trial.gradient(oracle))).isLessThan(1e-4);
    }
  }

  @Test
  void reportsMissingMemoryAndContinuesWithSmallerBatches() {
    Trial large = Trial.of(64, 30, 40, 1);
    Trial small = Trial.of(64, 3, 4, 1);
    float[] expected = gradient(small);
    try (Encoders encoders = open(small)) {
      gpu.mer_emulator_set_memory(11 << 18);
      assertThatThrownBy(() -> large.gradient(encoders))
          .isInstanceOf(CudaException.class)
          .hasMessageContaining("cuMemAlloc_v2: CUDA_ERROR_OUT_OF_MEMORY (2): gates require ")
          .hasMessageContaining(" of 2,883,584 are free")
          .hasMessageContaining("use smaller batches");
      assertThat(small.gradient(encoders)).isEqualTo(expected);
    }
  }

  @Test
  void refusesHiddenSizesWithoutKernels() {
    Trial trial = Trial.of(257, 1, 1, 1);
    assertThatThrownBy(() -> open(trial))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "backend 'cuda' does not support this model: it supports hidden sizes up to 256, not 257; change"
                + " this setting or choose one of the backends: ")
        .hasMessageContaining("native");
  }

  @Test
  void backwardRequiresATrainingPassEachTime() {
    Trial trial = Trial.of(4, 2, 2, 1);
    try (Encoders encoders = open(trial)) {
      trial.gradient(encoders);
      assertThatThrownBy(() -> encoders.backward(trial.upstream(), new float[1]))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void timesEveryPhaseExceptThoseOfTrainingSteps() {
    Trial trial = Trial.of(4, 2, 2, 1);
    try (CudaEncoders encoders = open(trial)) {
      trial.gradient(encoders);
      Set<Phase> own = EnumSet.complementOf(EnumSet.of(Phase.HEAD, Phase.OPTIMIZER));
      assertThat(encoders.times()).containsOnlyKeys(own);
      assertThat(encoders.times().values()).allMatch(milliseconds -> milliseconds >= 0);
    }
  }

  @Test
  void closingTwiceHasNoEffect() {
    Trial trial = Trial.of(4, 2, 2, 1);
    Encoders encoders = open(trial);
    trial.gradient(encoders);
    encoders.close();
    encoders.close();
  }

  private float[] gradient(Trial trial) {
    try (Encoders encoders = open(trial)) {
      return trial.gradient(encoders);
    }
  }

  private CudaEncoders open(Trial trial) {
    return new CudaBackend(() -> gpu).open(Trial.WIDTHS.modalities(), trial.parameters());
  }

  /**
   * The kernels index the gates of a tile with an int, and a grid has 65,535 tiles of 128 steps.
   */
  @ParameterizedTest
  @ValueSource(ints = {8_388_481, Integer.MAX_VALUE})
  void rejectsMoreStepsThanTheKernelsIndex(int steps) {
    Trial trial = Trial.of(20, 1, 1, 1);
    PerModality<Sequences> sequences =
        Trial.WIDTHS.map(
            width ->
                new Sequences(
                    2,
                    steps,
                    width,
                    new int[] {steps, steps},
                    Sequences.Layout.BATCH_FIRST,
                    new float[0]));
    Presence presence = Presence.of(Collections.nCopies(2, ModalitySet.of(Modality.MOSEI)));
    try (Encoders encoders = open(trial)) {
      assertThatThrownBy(() -> encoders.forward(sequences, presence))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(String.format(Locale.ROOT, "%,d steps of text", 2L * steps))
          .hasMessageContaining("use a smaller batch size");
    }
  }

  @Test
  void headRejectsMoreRowsThanAGridHas() {
    int rows = 65_536;
    Trial trial = Trial.of(20, 1, 1, 1);
    PerModality<float[]> states = Trial.WIDTHS.map(width -> new float[rows * 40]);
    Presence presence = Presence.of(Collections.nCopies(rows, ModalitySet.of(Modality.MOSEI)));
    try (CudaEncoders encoders = open(trial)) {
      CudaHead head = encoders.openHead(trial.head(), Loss.UNWEIGHTED);
      assertThatThrownBy(() -> head.infer(states, presence))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "a batch of 65,536 segments exceeds the GPU's limit of 65,535; use a smaller batch size");
    }
  }
}
