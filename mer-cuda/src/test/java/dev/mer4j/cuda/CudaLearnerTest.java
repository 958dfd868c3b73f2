package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.MerException;
import dev.mer4j.core.fusion.HeadShape;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.core.optimizer.Learner.Outcome;
import dev.mer4j.core.parameter.Parameters;
import dev.mer4j.cuda.driver.CudaException;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.Seeds;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a learner on the emulated GPU moves, keeps there, and brings back. */
class CudaLearnerTest {
  private static final String TO_GPU = "cuMemcpyHtoDAsync_v2";
  private static final String TO_HOST = "cuMemcpyDtoHAsync_v2";
  private static final int HIDDEN = 20;
  private static final AdamW.Rates RATES = new AdamW.Rates(0.01, 0.1);
  private static final GradientClipping CLIPPING = new GradientClipping(0.5);

  private final Trial trial = Trial.of(HIDDEN, 5, 4, 1);
  private final Trial same = Trial.of(HIDDEN, 5, 4, 1);
  private EmulatedDriver gpu;
  private WatchedDriver watched;

  @BeforeEach
  void load() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
    gpu = EmulatedDriver.load();
    watched = new WatchedDriver(gpu);
  }

  @AfterEach
  void everythingIsFreed() {
    if (gpu != null) {
      assertThat(gpu.mer_emulator_allocated()).isZero();
    }
  }

  @Test
  void onlyTheBatchGoesThereAndOnlyLossAndNormComeBack() {
    long features = 0;
    for (var sequences : trial.batch().sequences().values()) {
      features += (long) Float.BYTES * sequences.values().length;
    }
    try (CudaEncoders encoders = open()) {
      Learner learner = learner(encoders, trial);
      step(learner, trial, 0);
      for (int i = 1; i < 3; i++) {
        long sent = watched.bytes(TO_GPU);
        long received = watched.bytes(TO_HOST);
        int waits = watched.calls("cuStreamSynchronize");
        step(learner, trial, i);
        assertThat(watched.bytes(TO_HOST) - received).isEqualTo(3 * Double.BYTES);
        // Presence, targets, dropout and the groups of rows are some hundred values.
        assertThat(watched.bytes(TO_GPU) - sent).isLessThan(features + 4096);
        assertThat(watched.calls("cuStreamSynchronize") - waits).isEqualTo(1);
      }
    }
  }

  @Test
  void theGpusClockTakesTheTimeOfEachPartOfAStep() {
    try (CudaEncoders encoders = open()) {
      step(learner(encoders, trial), trial, 0);
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
  void parametersAreFetchedOnceWhenAskedFor() {
    try (CudaEncoders encoders = open()) {
      Learner learner = learner(encoders, trial);
      float[] before = trial.parameters().values().clone();
      step(learner, trial, 0);
      step(learner, trial, 1);
      long received = watched.bytes(TO_HOST);
      float[] after = trial.parameters().values().clone();
      assertThat(after).isNotEqualTo(before).isEqualTo(trial.parameters().values());
      assertThat(watched.bytes(TO_HOST) - received).isBetween(4L * after.length, 5L * after.length);
    }
  }

  @Test
  void whatIsWrittenAfterAskingReachesTheGpu() {
    try (CudaEncoders encoders = open();
        CudaEncoders others = openSame()) {
      Learner learner = learner(encoders, trial);
      step(learner, trial, 0);
      float[] values = trial.parameters().values();
      values[trial.parameters().view("encoders.text.weight_hh_l0").offset()] += 1;
      values[trial.parameters().view("head.3.bias").offset()] += 1;
      System.arraycopy(values, 0, same.parameters().values(), 0, values.length);
      Learner other = learner(others, same);
      other.restore(learner.state());

      for (int i = 1; i < 3; i++) {
        assertThat(step(learner, trial, i)).isEqualTo(step(other, same, i));
      }
      assertThat(trial.parameters().values()).isEqualTo(same.parameters().values());
      assertThat(learner.state()).usingRecursiveComparison().isEqualTo(other.state());
    }
  }

  @Test
  void predictionsSeeWhatALearnerMovedWithoutSendingAnything() {
    try (CudaEncoders encoders = open();
        CudaEncoders others = openSame()) {
      step(learner(encoders, trial), trial, 0);
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
  void anotherEngineSeesWhatALearnerMoved() {
    try (CudaEncoders encoders = open();
        CudaEncoders others =
            new CudaEngine(() -> gpu).open(Trial.WIDTHS.keySet(), trial.parameters())) {
      var before = trial.states(others);
      step(learner(encoders, trial), trial, 0);
      var after = trial.states(others);
      assertThat(after).usingRecursiveComparison().isNotEqualTo(before);
      assertThat(after).usingRecursiveComparison().isEqualTo(trial.states(encoders));
    }
  }

  @Test
  void aStepThatIsNotFiniteMovesNothing() {
    assertMovesNothing(
        Trial.of(HIDDEN, 5, 4, 2),
        bad -> bad.batch().sequences().values().forEach(s -> s.values()[0] = Float.NaN));
  }

  @Test
  void aStepThatFindsNoMemoryMovesNothing() {
    assertMovesNothing(Trial.of(HIDDEN, 300, 40, 2), bad -> gpu.mer_emulator_set_memory(6 << 20));
  }

  /** Between two steps of one learner, and not of the other, comes one that cannot be taken. */
  private void assertMovesNothing(Trial bad, Consumer<Trial> spoil) {
    try (CudaEncoders encoders = open();
        CudaEncoders others = openSame()) {
      Learner learner = learner(encoders, trial);
      Learner other = learner(others, same);
      assertThat(step(learner, trial, 0)).isEqualTo(step(other, same, 0));

      spoil.accept(bad);
      try {
        assertThat(step(learner, bad, 1).finite()).isFalse();
        assertThat(learner.gradient()).contains(Float.NaN);
      } catch (CudaException e) {
        assertThat(e).hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY");
      }
      assertThat(trial.parameters().values()).isEqualTo(same.parameters().values());
      assertThat(learner.state()).usingRecursiveComparison().isEqualTo(other.state());

      assertThat(step(learner, trial, 2)).isEqualTo(step(other, same, 2));
      assertThat(trial.parameters().values()).isEqualTo(same.parameters().values());
    }
  }

  @Test
  void startsWithoutMemoryAndTakesTheEarlierOnesPlace() {
    try (CudaEncoders encoders = open()) {
      Learner earlier = learner(encoders, trial);
      step(earlier, trial, 0);
      Learner later = learner(encoders, trial);
      assertThat(later.state().step()).isZero();
      assertThat(later.state().mean()).containsOnly(0);
      assertThat(later.state().square()).containsOnly(0);
      assertThatThrownBy(() -> step(earlier, trial, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a later learner");
    }
  }

  @Test
  void refusesTheStateOfAnotherModel() {
    try (CudaEncoders encoders = open()) {
      Learner learner = learner(encoders, trial);
      AdamW.State state = new AdamW.State(1, new float[3], new float[3]);
      assertThatThrownBy(() -> learner.restore(state))
          .isInstanceOf(MerException.class)
          .hasMessageMatching("the optimizer was made for \\d+ parameters, not 3");
    }
  }

  @Test
  void parametersOutliveTheGpu() {
    Parameters parameters = trial.parameters();
    float[] before = parameters.values().clone();
    try (CudaEncoders encoders = open()) {
      step(learner(encoders, trial), trial, 0);
    }
    assertThat(parameters.values()).isNotEqualTo(before);
  }

  @Test
  void parametersThatWereLostWithTheGpuAreNotReplacedByOldOnes() {
    CudaEncoders encoders = open();
    step(learner(encoders, trial), trial, 0);
    watched.failing(TO_HOST, 1, 719);
    assertThatThrownBy(encoders::close)
        .isInstanceOf(CudaException.class)
        .hasMessageStartingWith(TO_HOST + ": CUDA_ERROR_LAUNCH_FAILED (719)");
    assertThatThrownBy(() -> trial.parameters().values())
        .isInstanceOf(CudaException.class)
        .hasMessageEndingWith(" is closed, and what was on it is lost");
    assertThat(watched.left()).isEmpty();
  }

  @Test
  void theEngineHasNoLearnerBeforeItHasAHead() {
    try (CudaEncoders encoders = open()) {
      assertThat(encoders.learner(RATES, CLIPPING)).isEmpty();
    }
  }

  @Test
  void theEngineHasNoLearnerForAHeadOfTheHost() {
    HeadShape own = Trial.head(HIDDEN);
    HeadShape other =
        new HeadShape(
            own.modalities(), own.stateWidth(), own.fusion(), own.width(), 0.3, own.task(), 9);
    try (CudaEncoders encoders = open()) {
      learner(encoders, trial);
      encoders.head(other, trial.parameters(), Loss.plain(9));
      assertThat(encoders.learner(RATES, CLIPPING)).isEmpty();
    }
  }

  @Test
  void allRowsMayLackEverything() {
    try (CudaEncoders encoders = open()) {
      Learner learner = learner(encoders, trial);
      Batch batch = trial.batch();
      Presence none = batch.presence().and(ModalitySet.NONE);
      assertThat(learner.step(batch, none, new Seeds(1).stream("dropout"), 0.01).finite()).isTrue();
      int text = trial.parameters().view("encoders.text.weight_ih_l0").offset();
      float[] gradient = learner.gradient();
      assertThat(Arrays.copyOfRange(gradient, text, text + 100)).containsOnly(0);
    }
  }

  private CudaEncoders open() {
    return new CudaEngine(watched::driver).open(Trial.WIDTHS.keySet(), trial.parameters());
  }

  private CudaEncoders openSame() {
    return new CudaEngine(() -> gpu).open(Trial.WIDTHS.keySet(), same.parameters());
  }

  private static Learner learner(CudaEncoders encoders, Trial model) {
    encoders.head(Trial.head(HIDDEN), model.parameters(), Loss.PLAIN);
    return encoders.learner(RATES, CLIPPING).orElseThrow();
  }

  private static Outcome step(Learner learner, Trial data, int step) {
    Batch batch = data.batch();
    return learner.step(batch, batch.presence(), new Seeds(1).stream("dropout").at(step), 0.01);
  }
}
