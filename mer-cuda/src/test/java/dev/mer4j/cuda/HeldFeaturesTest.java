package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.Holding;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Features that stay on the GPU give the bits of those that come with each batch. */
class HeldFeaturesTest {
  private static final Trial TRIAL = Trial.of(20, 9, 8, 1);
  private static final Batcher SEGMENTS = TRIAL.batcher();

  private EmulatedDriver gpu;

  @BeforeEach
  void load() {
    assumeTrue(EmulatedDriver.exists(), "no C++ compiler");
    gpu = EmulatedDriver.load();
  }

  @AfterEach
  void everythingIsFreed() {
    if (gpu != null) {
      assertThat(gpu.mer_emulator_allocated()).isZero();
    }
  }

  @Test
  void aStepNeedsNoFeatures() {
    Batch full = SEGMENTS.epoch(1).get(0);
    Batch bare = SEGMENTS.withoutFeatures().epoch(1).get(0);
    try (Encoders encoders = open();
        Holding held = encoders.hold(SEGMENTS, 9)) {
      assertThat(held.held()).isTrue();
      assertThat(held.where())
          .isEqualTo("features of 9 segments stay on the GPU, 1 MiB; steps send none");
      float[] expected = TRIAL.gradient(encoders, full, full.presence());
      encoders.announce(bare);
      assertThat(TRIAL.gradient(encoders, bare, bare.presence())).isEqualTo(expected);
    }
  }

  @Test
  void theMemoryIsFreeAgainAfterwards() {
    try (Encoders encoders = open()) {
      long before = gpu.mer_emulator_allocated();
      try (Holding held = encoders.hold(SEGMENTS, 9)) {
        assertThat(held.held()).isTrue();
        assertThat(gpu.mer_emulator_allocated() - before)
            .isBetween(SEGMENTS.values() * Float.BYTES, (SEGMENTS.values() + 12) * Float.BYTES);
      }
      assertThat(gpu.mer_emulator_allocated()).isEqualTo(before);
      Batch bare = SEGMENTS.withoutFeatures().inOrder().get(0);
      assertThatThrownBy(() -> encoders.forwardTraining(bare, bare.presence()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("a batch has no features, and those of noise[");
    }
  }

  @Test
  void anEarlierHoldingLetsGoOfNothingThatALaterOneHolds() {
    Batch bare = SEGMENTS.withoutFeatures().epoch(1).get(0);
    try (Encoders encoders = open()) {
      Holding earlier = encoders.hold(SEGMENTS, 9);
      try (Holding later = encoders.hold(SEGMENTS, 9)) {
        float[] expected = TRIAL.gradient(encoders, bare, bare.presence());
        earlier.close();
        assertThat(later.held()).isTrue();
        assertThat(TRIAL.gradient(encoders, bare, bare.presence())).isEqualTo(expected);
      }
      assertThatThrownBy(() -> encoders.forwardTraining(bare, bare.presence()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("are not held");
    }
  }

  @Test
  void whatDoesNotFitBesideAPassIsNotHeld() {
    try (Encoders encoders = open()) {
      gpu.mer_emulator_set_memory(60 << 20);
      try (Holding held = encoders.hold(SEGMENTS, 9)) {
        assertThat(held.held()).isFalse();
        assertThat(held.where())
            .isEqualTo(
                "features are sent to the GPU a batch ahead: all of them take 1 MiB, of its memory"
                    + " 60 MiB are free, and 65 MiB of these are reserved for passes");
      }
    }
  }

  @Test
  void goesOnWithoutWhereTheMemoryIsGoneAMomentLater() {
    WatchedDriver watched = new WatchedDriver(gpu);
    try (Encoders encoders =
        new CudaEngine(watched::driver).open(Trial.WIDTHS.keySet(), TRIAL.parameters())) {
      watched.failing("cuMemAlloc_v2", 1, 2);
      try (Holding held = encoders.hold(SEGMENTS, 9)) {
        assertThat(held.held()).isFalse();
        assertThat(held.where())
            .startsWith("features are sent to the GPU a batch ahead: cuMemAlloc_v2: ");
      }
    }
  }

  private Encoders open() {
    return new CudaEngine(() -> gpu).open(Trial.WIDTHS.keySet(), TRIAL.parameters());
  }
}
