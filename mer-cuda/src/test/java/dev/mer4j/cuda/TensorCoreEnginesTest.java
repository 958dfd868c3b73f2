package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.EncoderEngines;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.cuda.driver.CudaDriver;
import dev.mer4j.data.Modality;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engines with products on the tensor cores: what they may be off by, and that they differ. */
class TensorCoreEnginesTest {
  private static final Supplier<CudaDriver> GPU = EmulatedDriver::load;
  private static final List<EncoderEngine> ENGINES =
      List.of(new Cuda3xTf32Engine(GPU), new CudaTf32Engine(GPU), new CudaBf16Engine(GPU));

  @BeforeEach
  void needsTheEmulation() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
  }

  static Stream<Arguments> trials() {
    return ENGINES.stream()
        .flatMap(
            engine ->
                Stream.of(
                    Arguments.of(engine.name(), engine, Trial.of(5, 9, 30, 1)),
                    Arguments.of(engine.name(), engine, Trial.of(70, 16, 7, 2)),
                    Arguments.of(engine.name(), engine, Trial.of(70, 1, 1, 3))));
  }

  @ParameterizedTest(name = "{0} [{index}]")
  @MethodSource("trials")
  void statesAndGradientsEqualTheOracleWithinTheEnginesToleranceAndRepeat(
      String name, EncoderEngine engine, Trial trial) {
    try (Encoders encoders = engine.open(Trial.WIDTHS.keySet(), trial.parameters());
        Encoders oracle =
            EncoderEngines.named("samediff").open(Trial.WIDTHS.keySet(), trial.parameters())) {
      Map<Modality, float[]> states = trial.states(encoders);
      assertThat(Trial.distance(states, trial.states(oracle))).isLessThan(engine.tolerance());
      float[] gradient = trial.gradient(encoders);
      assertThat(trial.distance(gradient, trial.gradient(oracle))).isLessThan(engine.tolerance());
      assertThat(trial.gradient(encoders)).isEqualTo(gradient);
    }
  }

  @Test
  void eachHasProductsOfItsOwn() {
    Trial trial = Trial.of(20, 7, 9, 1);
    EncoderEngine single = new CudaEngine(GPU);
    assertThat(
            Stream.concat(Stream.of(single), ENGINES.stream())
                .map(engine -> Arrays.hashCode(gradient(engine, trial))))
        .doesNotHaveDuplicates();
  }

  @Test
  void noneIsUsedUnlessAskedFor() {
    assertThat(ENGINES).allMatch(engine -> engine.preference() < 0);
    assertThat(EncoderEngines.all())
        .extracting(EncoderEngine::name)
        .containsAll(ENGINES.stream().map(EncoderEngine::name).toList());
  }

  private static float[] gradient(EncoderEngine engine, Trial trial) {
    try (Encoders encoders = engine.open(Trial.WIDTHS.keySet(), trial.parameters())) {
      return trial.gradient(encoders);
    }
  }
}
