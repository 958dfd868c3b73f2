package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.encoder.Holding;
import dev.mer4j.core.fusion.Head;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.optimizer.Learner;
import dev.mer4j.cuda.driver.CudaException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of the driver fails once, the first and the last time it is made. */
class FailuresTest {
  private static final int LAUNCH_FAILED = 719;
  private static final int HIDDEN = 65;
  private static final Trial SMALL = Trial.of(3, 2, 2, 1);

  /** What makes the calls. */
  enum Work {
    STEP,
    FEATURES_ON_THE_GPU
  }

  private static void does(Work work, WatchedDriver driver) {
    if (work == Work.STEP) {
      step(driver);
    } else {
      features(driver);
    }
  }

  private static Stream<Arguments> calls(Work work) {
    WatchedDriver healthy = new WatchedDriver(EmulatedDriver.load());
    does(work, healthy);
    Map<String, Integer> counts = healthy.calls();
    return new TreeSet<>(counts.keySet())
        .stream()
            .flatMap(
                call ->
                    Stream.of(1, counts.get(call))
                        .distinct()
                        .map(n -> Arguments.of(work, call, n)));
  }

  static Stream<Arguments> calls() {
    if (!EmulatedDriver.exists()) {
      return Stream.of(Arguments.of(Work.STEP, "no C++ compiler", 0));
    }
    return Stream.of(Work.values()).flatMap(FailuresTest::calls);
  }

  @ParameterizedTest(name = "{0}: {1}, call {2}")
  @MethodSource("calls")
  void anyFailureNamesTheCallAndLeavesNothing(Work work, String call, int n) {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
    WatchedDriver driver = new WatchedDriver(EmulatedDriver.load()).failing(call, n, LAUNCH_FAILED);
    assertThatThrownBy(() -> does(work, driver))
        .isInstanceOf(CudaException.class)
        .hasMessageStartingWith(call + ": CUDA_ERROR_LAUNCH_FAILED (719): ");
    Map<String, Integer> left = driver.left();
    String maker = WatchedDriver.maker(call);
    assertThat(left).isEqualTo(maker.equals(call) ? Map.of() : Map.of(maker, 1));
  }

  @Test
  void aHealthyRunLeavesNothing() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
    WatchedDriver driver = new WatchedDriver(EmulatedDriver.load());
    step(driver);
    features(driver);
    assertThat(driver.left()).isEmpty();
  }

  private static void features(WatchedDriver driver) {
    try (CudaEncoders encoders =
        new CudaEngine(driver::driver).open(Trial.WIDTHS.keySet(), SMALL.parameters())) {
      Batch batch = SMALL.batch();
      for (int n = 0; n < 2; n++) {
        encoders.announce(batch);
        encoders.forwardTraining(batch, batch.presence());
      }
      Batcher segments = SMALL.batcher();
      try (Holding held = encoders.hold(segments, batch.size())) {
        assertThat(held.held()).isTrue();
        Batch bare = segments.withoutFeatures().inOrder().get(0);
        encoders.forwardTraining(bare, bare.presence());
      }
    }
  }

  private static void step(WatchedDriver driver) {
    // Anew, because a failure may leave its parameters lost.
    Trial trial = Trial.of(HIDDEN, 1, 1, 1);
    Presence presence = trial.batch().presence();
    float[] gradient = new float[trial.parameters().size()];
    try (CudaEncoders encoders =
        new CudaEngine(driver::driver).open(Trial.WIDTHS.keySet(), trial.parameters())) {
      Head head = encoders.head(Trial.head(HIDDEN), trial.parameters(), Loss.PLAIN);
      Map<Modality, float[]> states = encoders.forwardTraining(trial.batch().sequences(), presence);
      Map<Modality, float[]> stateGradients = new EnumMap<>(Modality.class);
      head.train(states, presence, trial.batch().targets(), dropout(), gradient, stateGradients);
      encoders.backward(stateGradients, gradient);
      encoders.times();
      Learner learner =
          encoders.learner(new AdamW.Rates(0.1, 0), new GradientClipping(1)).orElseThrow();
      learner.restore(learner.state());
      learner.step(trial.batch(), presence, dropout(), 0.1);
      learner.gradient();
    }
  }

  private static SeedStream dropout() {
    return new Seeds(1).stream("dropout");
  }
}
