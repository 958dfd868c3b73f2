package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import dev.mer4j.data.PerModality;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the errors of the backends on the tensor cores, and that they differ from each other. */
class TensorCoreBackendsTest {
  private static final Supplier<CudaDriver> GPU = EmulatedDriver::load;
  private static final List<Backend> BACKENDS =
      List.of(new Cuda3xTf32Backend(GPU), new CudaTf32Backend(GPU), new CudaBf16Backend(GPU));

  @BeforeEach
  void requireEmulator() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
  }

  static Stream<Trial> trials() {
    return Stream.of(
        Trial.of(5, 9, 12, 1),
        Trial.of(70, 8, 4, 2),
        Trial.of(70, 1, 1, 3),
        Trial.pooled(20, 4, 7, 4));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("trials")
  void statesAndGradientsEqualTheEquationsWithinToleranceAndRepeat(Trial trial) {
    PerModality<float[]> states = trial.expectedStates();
    float[] gradient = trial.expectedGradient();
    for (Backend backend : BACKENDS) {
      try (Encoders encoders = backend.open(Trial.WIDTHS.modalities(), trial.parameters())) {
        assertThat(Trial.distance(trial.states(encoders), states)).isLessThan(backend.tolerance());
        float[] found = trial.gradient(encoders);
        assertThat(trial.distance(found, gradient)).isLessThan(backend.tolerance());
        assertThat(trial.gradient(encoders)).isEqualTo(found);
      }
    }
  }

  @Test
  void eachUsesItsOwnProducts() {
    Trial trial = Trial.of(20, 7, 9, 1);
    Backend single = new CudaBackend(GPU);
    assertThat(
            Stream.concat(Stream.of(single), BACKENDS.stream())
                .map(backend -> Arrays.hashCode(gradient(backend, trial))))
        .doesNotHaveDuplicates();
  }

  @Test
  void noneIsUsedUnlessRequested() {
    assertThat(BACKENDS).allMatch(backend -> backend.priority() < 0);
    assertThat(Backends.all())
        .extracting(Backend::name)
        .containsAll(BACKENDS.stream().map(Backend::name).toList());
  }

  private static float[] gradient(Backend backend, Trial trial) {
    try (Encoders encoders = backend.open(Trial.WIDTHS.modalities(), trial.parameters())) {
      return trial.gradient(encoders);
    }
  }
}
