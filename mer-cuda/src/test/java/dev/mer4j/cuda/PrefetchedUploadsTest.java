package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.Presence;
import dev.mer4j.data.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Prefetched batches give bit-identical results. */
class PrefetchedUploadsTest extends EmulatedGpuTest {
  private static final List<Trial> TRIALS =
      Stream.of(7, 3, 12, 5, 12).map(rows -> Trial.of(20, rows, rows, 1)).toList();

  private static final TrainingOptions OPTIONS =
      new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(1, 0), new GradientClipping(1));

  @Test
  void dropsModalitiesAfterPrefetching() {
    try (CudaEncoders encoders = open(gpu);
        TrainingSession session = TRIALS.get(0).start(encoders, OPTIONS)) {
      encoders.prefetch(TRIALS.get(0).batch());
      for (int n = 0; n < TRIALS.size(); n++) {
        Trial trial = TRIALS.get(n);
        if (n + 1 < TRIALS.size()) {
          encoders.prefetch(TRIALS.get(n + 1).batch());
        }
        Presence kept = someOf(trial.batch());
        assertThat(Trial.gradient(session, trial.batch(), kept)).isEqualTo(plain(trial, kept));
      }
    }
  }

  @Test
  void stepOfAPrefetchedBatchUploadsNoFeatures() {
    WatchedDriver watched = new WatchedDriver(gpu);
    Trial trial = TRIALS.get(0);
    try (CudaEncoders encoders = open(watched.driver());
        TrainingSession session = trial.start(encoders, OPTIONS)) {
      Trial.gradient(session, trial.batch(), trial.batch().presence());
      int before = watched.calls("cuMemcpyHtoDAsync_v2");
      Trial.gradient(session, trial.batch(), trial.batch().presence());
      int plain = watched.calls("cuMemcpyHtoDAsync_v2") - before;
      encoders.prefetch(trial.batch());
      before = watched.calls("cuMemcpyHtoDAsync_v2");
      Trial.gradient(session, trial.batch(), trial.batch().presence());
      // The rows to gather are uploaded instead of three modalities.
      assertThat(watched.calls("cuMemcpyHtoDAsync_v2") - before).isEqualTo(plain - 3 + 1);
    }
  }

  @Test
  void unusedPrefetchedBatchesHaveNoEffect() {
    Trial trial = TRIALS.get(0);
    Presence kept = trial.batch().presence();
    try (CudaEncoders encoders = open(gpu);
        TrainingSession session = TRIALS.get(0).start(encoders, OPTIONS)) {
      encoders.prefetch(trial.batch());
      encoders.prefetch(TRIALS.get(1).batch());
      encoders.prefetch(TRIALS.get(2).batch());
      assertThat(Trial.gradient(session, trial.batch(), kept)).isEqualTo(plain(trial, kept));
      encoders.prefetch(trial.batch());
      encoders.prefetch(trial.batch());
      for (int n = 0; n < 3; n++) {
        assertThat(Trial.gradient(session, trial.batch(), kept)).isEqualTo(plain(trial, kept));
      }
    }
  }

  @Test
  void encodersMayBeClosedDuringPrefetching() {
    CudaEncoders encoders = open(gpu);
    CompletableFuture<Void> prefetching =
        CompletableFuture.runAsync(
            () -> {
              for (int n = 0; n < 100; n++) {
                encoders.prefetch(TRIALS.get(n % TRIALS.size()).batch());
              }
            });
    encoders.close();
    prefetching.join();
  }

  @Test
  void continuesWithoutPrefetchingIfMemoryIsFull() {
    Trial trial = TRIALS.get(0);
    Presence kept = trial.batch().presence();
    float[] expected = plain(trial, kept);
    try (CudaEncoders encoders = open(gpu);
        TrainingSession session = TRIALS.get(0).start(encoders, OPTIONS)) {
      Trial.gradient(session, trial.batch(), kept);
      gpu.mer_emulator_set_memory(gpu.mer_emulator_allocated() + 2000);
      encoders.prefetch(trial.batch());
      encoders.prefetch(trial.batch());
      assertThat(Trial.gradient(session, trial.batch(), kept)).isEqualTo(expected);
    }
  }

  /** Checks that the tests above detect a missing wait. */
  @Test
  void emulatorDetectsMissingWaits() {
    Trial trial = TRIALS.get(0);
    Presence kept = trial.batch().presence();
    WatchedDriver notWaiting = new WatchedDriver(gpu);
    try (CudaEncoders encoders = open(notWaiting.driver());
        TrainingSession session = trial.start(encoders, OPTIONS)) {
      encoders.prefetch(trial.batch());
      notWaiting.failing("cuStreamWaitEvent", 1, 0);
      assertThat(Trial.gradient(session, trial.batch(), kept)).isNotEqualTo(plain(trial, kept));
    }
  }

  /** Returns the presence without the text of every third row. */
  private static Presence someOf(Batch batch) {
    List<ModalitySet> rows = new ArrayList<>();
    for (int b = 0; b < batch.size(); b++) {
      ModalitySet row = batch.presence().row(b);
      rows.add(b % 3 == 0 ? row.without(Modality.TEXT) : row);
    }
    return Presence.of(rows);
  }

  private float[] plain(Trial trial, Presence kept) {
    try (CudaEncoders encoders = open(EmulatedDriver.load());
        TrainingSession session = TRIALS.get(0).start(encoders, OPTIONS)) {
      return Trial.gradient(session, trial.batch(), kept);
    }
  }

  private static CudaEncoders open(CudaDriver driver) {
    return new CudaBackend(() -> driver)
        .open(Trial.WIDTHS.modalities(), TRIALS.get(0).parameters());
  }

  @Test
  void nextSessionPrefetchesAgainAfterMemoryWasFull() {
    Trial trial = TRIALS.get(0);
    WatchedDriver watched = new WatchedDriver(gpu);
    try (CudaEncoders encoders = open(watched.driver())) {
      CudaNetwork network = new CudaNetwork(encoders, trial.head());
      try (TrainingSession session = network.startTraining(OPTIONS, trial.batcher())) {
        Trial.gradient(session, trial.batch(), trial.batch().presence());
        gpu.mer_emulator_set_memory(gpu.mer_emulator_allocated());
        network.prefetch(trial.batch());
      }
      gpu.mer_emulator_set_memory(256L << 20);
      network.startTraining(OPTIONS, trial.batcher());
      int before = watched.calls("cuMemcpyHtoDAsync_v2");
      network.prefetch(trial.batch());
      assertThat(watched.calls("cuMemcpyHtoDAsync_v2")).isGreaterThan(before);
    }
  }
}
