package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.cuda.internal.driver.CudaException;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lets every driver function fail on its first and on its last call. */
class FailuresTest {
  private static final int LAUNCH_FAILED = 719;
  private static final int HIDDEN = 65;
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(1, 0), new GradientClipping(1));

  /** The work that makes the calls. */
  enum Work {
    STEP,
    FEATURES_ON_THE_GPU
  }

  private static void run(Work work, WatchedDriver driver) {
    if (work == Work.STEP) {
      step(driver);
    } else {
      features(driver);
    }
  }

  private static Stream<Arguments> calls(Work work) {
    WatchedDriver healthy = new WatchedDriver(EmulatedDriver.load());
    run(work, healthy);
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
  void failuresNameTheCallAndLeakNothing(Work work, String call, int n) {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
    WatchedDriver driver = new WatchedDriver(EmulatedDriver.load()).failing(call, n, LAUNCH_FAILED);
    assertThatThrownBy(() -> run(work, driver))
        .isInstanceOf(CudaException.class)
        .hasMessageStartingWith(call + ": CUDA_ERROR_LAUNCH_FAILED (719): ");
    Map<String, Integer> leaked = driver.leaked();
    String maker = WatchedDriver.maker(call);
    assertThat(leaked).isEqualTo(maker.equals(call) ? Map.of() : Map.of(maker, 1));
  }

  @Test
  void successfulRunLeaksNothing() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
    WatchedDriver driver = new WatchedDriver(EmulatedDriver.load());
    step(driver);
    features(driver);
    assertThat(driver.leaked()).isEmpty();
  }

  private static void features(WatchedDriver driver) {
    // Created anew, because a failure may lose its parameters.
    Trial trial = Trial.of(3, 2, 2, 1);
    try (CudaEncoders encoders =
            new CudaBackend(driver::driver).open(Trial.WIDTHS.modalities(), trial.parameters());
        TrainingSession session = trial.start(encoders, OPTIONS)) {
      assertThat(session.featurePlacement())
          .startsWith("the features of 2 segments are resident on the GPU");
      Batch batch = trial.batch();
      for (int n = 0; n < 2; n++) {
        encoders.prefetch(batch);
        session.step(batch, batch.presence(), dropout(), 0);
      }
      Batch bare = trial.batcher().withoutFeatures().inOrder().get(0);
      session.step(bare, bare.presence(), dropout(), 0);
    }
  }

  private static void step(WatchedDriver driver) {
    Trial trial = Trial.pooled(HIDDEN, 1, 1, 1);
    Presence presence = trial.batch().presence();
    float[] gradient = new float[trial.parameters().size()];
    try (CudaEncoders encoders =
        new CudaBackend(driver::driver).open(Trial.WIDTHS.modalities(), trial.parameters())) {
      PerModality<float[]> states = encoders.forwardTraining(trial.batch().sequences(), presence);
      encoders.backward(trial.upstream(), gradient);
      encoders.times();
      encoders.openHead(trial.head(), Loss.UNWEIGHTED).infer(states, presence);
      try (TrainingSession session = trial.start(encoders, OPTIONS)) {
        session.restore(session.optimizerState());
        session.step(trial.batch(), presence, dropout(), 0.1);
        session.gradient();
      }
    }
  }

  private static SeedStream dropout() {
    return new Seeds(1).stream("dropout");
  }
}
