package dev.mer4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.cuda.internal.driver.CudaDriver;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Resident features give results that are bit-identical to those of uploaded batches. */
class ResidentFeaturesTest extends EmulatedGpuTest {
  private static final int HIDDEN = 20;
  private static final Trial TRIAL = Trial.of(HIDDEN, 9, 8, 1);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(1, 0), new GradientClipping(1));
  private static final Batcher SEGMENTS = TRIAL.batcher();

  @Test
  void stepNeedsNoFeatures() {
    Batch full = SEGMENTS.epoch(1).get(0);
    Batch bare = SEGMENTS.withoutFeatures().epoch(1).get(0);
    try (CudaEncoders encoders = open(gpu);
        TrainingSession session = TRIAL.start(encoders, OPTIONS)) {
      assertThat(session.featurePlacement())
          .isEqualTo("the features of 9 segments are resident on the GPU, 1 MiB");
      float[] expected = Trial.gradient(session, full, full.presence());
      encoders.prefetch(bare);
      assertThat(Trial.gradient(session, bare, bare.presence())).isEqualTo(expected);
    }
  }

  @Test
  void batchesOfTheSessionHaveNoFeatures() {
    try (CudaEncoders encoders = open(gpu);
        TrainingSession session = TRIAL.start(encoders, OPTIONS);
        PrefetchedBatches batches = session.epoch(1, 0)) {
      assertThat(batches.next().sequences().values())
          .allMatch(sequences -> sequences.values().length == 0);
    }
  }

  @Test
  void closingTheSessionFreesTheMemory() {
    try (CudaEncoders encoders = open(gpu)) {
      CudaNetwork network = new CudaNetwork(encoders, Trial.head(HIDDEN));
      // The optimizer's moments are allocated once and kept.
      network.startTraining(OPTIONS, SEGMENTS).close();
      long before = gpu.mer_emulator_allocated();
      try (TrainingSession session = network.startTraining(OPTIONS, SEGMENTS)) {
        assertThat(session.featurePlacement())
            .startsWith("the features of 9 segments are resident");
        assertThat(gpu.mer_emulator_allocated() - before)
            .isBetween(SEGMENTS.values() * Float.BYTES, (SEGMENTS.values() + 12) * Float.BYTES);
      }
      assertThat(gpu.mer_emulator_allocated()).isEqualTo(before);

      gpu.mer_emulator_set_memory(60 << 20);
      Batch bare = SEGMENTS.withoutFeatures().inOrder().get(0);
      try (TrainingSession session = network.startTraining(OPTIONS, SEGMENTS)) {
        assertThatThrownBy(() -> Trial.gradient(session, bare, bare.presence()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageStartingWith("the batch has no features, and segment noise[")
            .hasMessageEndingWith("] is not resident");
      }
    }
  }

  @Test
  void closingAnEarlierSessionKeepsTheMemoryOfALaterOne() {
    Batch bare = SEGMENTS.withoutFeatures().epoch(1).get(0);
    try (CudaEncoders encoders = open(gpu)) {
      CudaNetwork network = new CudaNetwork(encoders, Trial.head(HIDDEN));
      TrainingSession earlier = network.startTraining(OPTIONS, SEGMENTS);
      earlier.close();
      try (TrainingSession later = network.startTraining(OPTIONS, SEGMENTS)) {
        float[] expected = Trial.gradient(later, bare, bare.presence());
        earlier.close();
        assertThat(Trial.gradient(later, bare, bare.presence())).isEqualTo(expected);
      }
    }
  }

  @Test
  void featuresThatDoNotFitArePrefetched() {
    try (CudaEncoders encoders = open(gpu)) {
      gpu.mer_emulator_set_memory(60 << 20);
      try (TrainingSession session = TRIAL.start(encoders, OPTIONS)) {
        assertThat(session.featurePlacement())
            .isEqualTo(
                "features are prefetched to the GPU batch by batch: all of them take 1 MiB, 59 MiB of GPU memory are free, of which 69 MiB are reserved for passes");
      }
    }
  }

  @Test
  void continuesWithoutResidentFeaturesWhenAnAllocationFails() {
    WatchedDriver watched = new WatchedDriver(gpu);
    try (CudaEncoders encoders = open(watched.driver())) {
      CudaNetwork network = new CudaNetwork(encoders, Trial.head(HIDDEN));
      network.startTraining(OPTIONS, SEGMENTS).close();
      watched.failing("cuMemAlloc_v2", 1, 2);
      try (TrainingSession session = network.startTraining(OPTIONS, SEGMENTS)) {
        assertThat(session.featurePlacement())
            .startsWith("features are prefetched to the GPU batch by batch: cuMemAlloc_v2: ");
      }
    }
  }

  private static CudaEncoders open(CudaDriver driver) {
    return new CudaBackend(() -> driver).open(Trial.WIDTHS.modalities(), TRIAL.parameters());
  }

  @Test
  void batchSizeAboveTheNumberOfSegmentsReservesNoMoreMemory() {
    try (CudaEncoders encoders = open(gpu)) {
      CudaNetwork network = new CudaNetwork(encoders, Trial.head(HIDDEN));
      try (TrainingSession session = network.startTraining(OPTIONS, TRIAL.batcher(100_000))) {
        assertThat(session.featurePlacement())
            .startsWith("the features of 9 segments are resident on the GPU");
      }
    }
  }

  @Test
  void segmentsWithTheSameIdKeepTheirOwnFeatures() {
    SegmentInfo info = TRIAL.batch().segments().get(0);
    List<Segment> segments = new ArrayList<>();
    for (int s = 1; s <= 2; s++) {
      PerModality.Builder<Features> features = PerModality.builder();
      for (Modality modality : Trial.WIDTHS.modalities()) {
        int width = Trial.WIDTHS.get(modality);
        float[] values = new float[2 * s * width];
        Arrays.fill(values, s);
        features.put(modality, new Features(2 * s, width, values));
      }
      segments.add(new Segment(info.id(), 0, 1, info.scores(), features.build()));
    }
    Batcher batcher =
        Batcher.builder(SegmentList.of(segments)).layout(Sequences.Layout.BATCH_FIRST).build();
    Batch full = batcher.epoch(1).get(0);
    try (CudaEncoders encoders = open(gpu)) {
      CudaNetwork network = new CudaNetwork(encoders, Trial.head(HIDDEN));
      try (TrainingSession session = network.startTraining(OPTIONS, batcher);
          PrefetchedBatches batches = session.epoch(1, 0)) {
        float[] expected = Trial.gradient(session, full, full.presence());
        assertThat(Trial.gradient(session, batches.next(), full.presence())).isEqualTo(expected);
      }
    }
  }
}
