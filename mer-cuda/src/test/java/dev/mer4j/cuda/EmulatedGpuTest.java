package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Base class of tests on an emulated GPU, which checks that all memory is freed. */
abstract class EmulatedGpuTest {
  EmulatedDriver gpu;

  @BeforeEach
  final void load() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
    gpu = EmulatedDriver.load();
  }

  @AfterEach
  final void everythingIsFreed() {
    if (gpu != null) {
      assertThat(gpu.mer_emulator_allocated()).isZero();
    }
  }
}
