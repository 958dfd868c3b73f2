package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.EncoderEngines;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.cuda.driver.CudaDriver;
import dev.mer4j.data.PerModality;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  static Stream<Trial> trials() {
    return Stream.of(Trial.of(5, 9, 12, 1), Trial.of(70, 8, 4, 2), Trial.of(70, 1, 1, 3));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("trials")
  void statesAndGradientsEqualTheOracleWithinTheirTolerancesAndRepeat(Trial trial) {
    try (Encoders oracle =
        EncoderEngines.named("samediff").open(Trial.WIDTHS.modalities(), trial.parameters())) {
      PerModality<float[]> states = trial.states(oracle);
      float[] gradient = trial.gradient(oracle);
      for (EncoderEngine engine : ENGINES) {
        try (Encoders encoders = engine.open(Trial.WIDTHS.modalities(), trial.parameters())) {
          assertThat(Trial.distance(trial.states(encoders), states)).isLessThan(engine.tolerance());
          float[] found = trial.gradient(encoders);
          assertThat(trial.distance(found, gradient)).isLessThan(engine.tolerance());
          assertThat(trial.gradient(encoders)).isEqualTo(found);
        }
      }
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
    try (Encoders encoders = engine.open(Trial.WIDTHS.modalities(), trial.parameters())) {
      return trial.gradient(encoders);
    }
  }
}
