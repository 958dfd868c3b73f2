package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.cuda.internal.driver.CudaException;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests what a session on the emulated GPU updates, keeps there and copies back. */
class CudaTrainingSessionTest extends EmulatedGpuTest {
  private static final String TO_GPU = "cuMemcpyHtoDAsync_v2";
  private static final String TO_HOST = "cuMemcpyDtoHAsync_v2";
  private static final int HIDDEN = 20;
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.01, 0.1), new GradientClipping(0.5));

  private final Trial trial = Trial.of(HIDDEN, 5, 4, 1);
  private final Trial same = Trial.of(HIDDEN, 5, 4, 1);
  private WatchedDriver watched;

  @BeforeEach
  void watch() {
    watched = new WatchedDriver(gpu);
  }

  @Test
  void uploadsOnlyTheBatchAndDownloadsOnlyLossAndNorm() {
    long features = 0;
    for (var sequences : trial.batch().sequences().values()) {
      features += (long) Float.BYTES * sequences.values().length;
    }
    try (CudaEncoders encoders = open()) {
      TrainingSession session = trial.start(encoders, OPTIONS);
      step(session, trial, 0);
      for (int i = 1; i < 3; i++) {
        long sent = watched.bytes(TO_GPU);
        long received = watched.bytes(TO_HOST);
        int waits = watched.calls("cuStreamSynchronize");
        step(session, trial, i);
        assertThat(watched.bytes(TO_HOST) - received).isEqualTo(3 * Double.BYTES);
        // Presence, targets, dropout and the groups of rows are a few hundred values.
        assertThat(watched.bytes(TO_GPU) - sent).isLessThan(features + 4096);
        assertThat(watched.calls("cuStreamSynchronize") - waits).isEqualTo(1);
      }
    }
  }

  @Test
  void timesEachPhaseOfAStepOnTheGpu() {
    try (CudaEncoders encoders = open()) {
      step(trial.start(encoders, OPTIONS), trial, 0);
      assertThat(encoders.times())
          .containsOnlyKeys(
              Phase.WEIGHTS,
              Phase.UPLOAD,
              Phase.PROJECTION,
              Phase.FORWARD,
              Phase.HEAD,
              Phase.BACKWARD,
              Phase.WEIGHT_GRADIENTS,
              Phase.OPTIMIZER);
    }
  }

  @Test
  void parametersAreFetchedOnceOnRequest() {
    try (CudaEncoders encoders = open()) {
      TrainingSession session = trial.start(encoders, OPTIONS);
      float[] before = trial.parameters().values().clone();
      step(session, trial, 0);
      step(session, trial, 1);
      long received = watched.bytes(TO_HOST);
      float[] after = trial.parameters().values().clone();
      assertThat(after).isNotEqualTo(before).isEqualTo(trial.parameters().values());
      assertThat(watched.bytes(TO_HOST) - received).isBetween(4L * after.length, 5L * after.length);
    }
  }

  @Test
  void writesToFetchedParametersReachTheGpu() {
    try (CudaEncoders encoders = open();
        CudaEncoders others = openSame()) {
      TrainingSession session = trial.start(encoders, OPTIONS);
      step(session, trial, 0);
      float[] values = trial.parameters().values();
      values[trial.parameters().view("encoders.text.weight_hh_l0").offset()] += 1;
      values[trial.parameters().view("head.3.bias").offset()] += 1;
      System.arraycopy(values, 0, same.parameters().values(), 0, values.length);
      TrainingSession other = same.start(others, OPTIONS);
      other.restore(session.optimizerState());

      for (int i = 1; i < 3; i++) {
        assertThat(step(session, trial, i)).isEqualTo(step(other, same, i));
      }
      assertThat(trial.parameters().values()).isEqualTo(same.parameters().values());
      assertThat(session.optimizerState())
          .usingRecursiveComparison()
          .isEqualTo(other.optimizerState());
    }
  }

  @Test
  void predictionsUseUpdatedParametersWithoutUploads() {
    try (CudaEncoders encoders = open();
        CudaEncoders others = openSame()) {
      step(trial.start(encoders, OPTIONS), trial, 0);
      long sent = watched.bytes(TO_GPU);
      var states = trial.states(encoders);
      long features = watched.bytes(TO_GPU) - sent;
      System.arraycopy(
          trial.parameters().values(), 0, same.parameters().values(), 0, same.parameters().size());
      assertThat(same.states(others)).usingRecursiveComparison().isEqualTo(states);
      sent = watched.bytes(TO_GPU);
      trial.states(encoders);
      assertThat(watched.bytes(TO_GPU) - sent).isEqualTo(features);
    }
  }

  @Test
  void otherEncodersUseUpdatedParameters() {
    try (CudaEncoders encoders = open();
        CudaEncoders others =
            new CudaBackend(() -> gpu).open(Trial.WIDTHS.modalities(), trial.parameters())) {
      var before = trial.states(others);
      step(trial.start(encoders, OPTIONS), trial, 0);
      var after = trial.states(others);
      assertThat(after).usingRecursiveComparison().isNotEqualTo(before);
      assertThat(after).usingRecursiveComparison().isEqualTo(trial.states(encoders));
    }
  }

  @Test
  void nonFiniteStepUpdatesNothing() {
    assertUpdatesNothing(
        Trial.of(HIDDEN, 5, 4, 2),
        bad -> bad.batch().sequences().values().forEach(s -> s.values()[0] = Float.NaN));
  }

  @Test
  void stepOutOfMemoryUpdatesNothing() {
    assertUpdatesNothing(Trial.of(HIDDEN, 300, 40, 2), bad -> gpu.mer_emulator_set_memory(6 << 20));
  }

  /** Compares two sessions, one of which attempts a step that fails between two others. */
  private void assertUpdatesNothing(Trial bad, Consumer<Trial> corrupt) {
    try (CudaEncoders encoders = open();
        CudaEncoders others = openSame()) {
      TrainingSession session = trial.start(encoders, OPTIONS);
      TrainingSession other = same.start(others, OPTIONS);
      assertThat(step(session, trial, 0)).isEqualTo(step(other, same, 0));

      corrupt.accept(bad);
      try {
        assertThat(step(session, bad, 1).isFinite()).isFalse();
        assertThat(session.gradient()).contains(Float.NaN);
      } catch (CudaException e) {
        assertThat(e).hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY");
      }
      assertThat(trial.parameters().values()).isEqualTo(same.parameters().values());
      assertThat(session.optimizerState())
          .usingRecursiveComparison()
          .isEqualTo(other.optimizerState());

      assertThat(step(session, trial, 2)).isEqualTo(step(other, same, 2));
      assertThat(trial.parameters().values()).isEqualTo(same.parameters().values());
    }
  }

  @Test
  void laterSessionStartsWithoutMoments() {
    try (CudaEncoders encoders = open()) {
      CudaNetwork network = new CudaNetwork(encoders, Trial.head(HIDDEN));
      TrainingSession earlier = network.startTraining(OPTIONS, trial.batcher());
      step(earlier, trial, 0);
      assertThatThrownBy(() -> network.startTraining(OPTIONS, trial.batcher()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the model already has an open training session; close it first");
      earlier.close();
      TrainingSession later = network.startTraining(OPTIONS, trial.batcher());
      assertThat(later.optimizerState().step()).isZero();
      assertThat(later.optimizerState().mean()).containsOnly(0);
      assertThat(later.optimizerState().square()).containsOnly(0);
      assertThatThrownBy(() -> step(earlier, trial, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the training session is closed");
    }
  }

  @Test
  void refusesTheStateOfAnotherModel() {
    try (CudaEncoders encoders = open()) {
      TrainingSession session = trial.start(encoders, OPTIONS);
      AdamW.State state = new AdamW.State(1, new float[3], new float[3]);
      assertThatThrownBy(() -> session.restore(state))
          .isInstanceOf(MerException.class)
          .hasMessageMatching("the optimizer has \\d+ parameters, found 3");
    }
  }

  @Test
  void parametersOutliveTheGpu() {
    Parameters parameters = trial.parameters();
    float[] before = parameters.values().clone();
    try (CudaEncoders encoders = open()) {
      step(trial.start(encoders, OPTIONS), trial, 0);
    }
    assertThat(parameters.values()).isNotEqualTo(before);
  }

  @Test
  void parametersLostWithTheGpuAreNotReplacedByOutdatedOnes() {
    CudaEncoders encoders = open();
    step(trial.start(encoders, OPTIONS), trial, 0);
    watched.failing(TO_HOST, 1, 719);
    assertThatThrownBy(encoders::close)
        .isInstanceOf(CudaException.class)
        .hasMessageStartingWith(TO_HOST + ": CUDA_ERROR_LAUNCH_FAILED (719)");
    assertThatThrownBy(() -> trial.parameters().values())
        .isInstanceOf(CudaException.class)
        .hasMessageEndingWith(" is closed, and its contents are lost");
    assertThat(watched.leaked()).isEmpty();
  }

  @Test
  void acceptsBatchesWithoutAnyModality() {
    try (CudaEncoders encoders = open()) {
      TrainingSession session = trial.start(encoders, OPTIONS);
      Batch batch = trial.batch();
      Presence none = batch.presence().and(ModalitySet.NONE);
      assertThat(session.step(batch, none, new Seeds(1).stream("dropout"), 0.01).isFinite())
          .isTrue();
      int text = trial.parameters().view("encoders.text.weight_ih_l0").offset();
      float[] gradient = session.gradient();
      assertThat(Arrays.copyOfRange(gradient, text, text + 100)).containsOnly(0);
    }
  }

  private CudaEncoders open() {
    return new CudaBackend(watched::driver).open(Trial.WIDTHS.modalities(), trial.parameters());
  }

  private CudaEncoders openSame() {
    return new CudaBackend(() -> gpu).open(Trial.WIDTHS.modalities(), same.parameters());
  }

  private static StepResult step(TrainingSession session, Trial data, int step) {
    Batch batch = data.batch();
    return session.step(batch, batch.presence(), new Seeds(1).stream("dropout").at(step), 0.01);
  }
}
