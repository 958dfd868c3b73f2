package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import org.junit.jupiter.api.Test;

/**
 * Checks memory outside the heap over many steps of changing shapes. The process may grow by a few
 * MiB for other reasons (compiled code, thread stacks) and varies as the allocator returns pages,
 * so the minimum of several rounds is compared. A leak of one batch's arrays per step would be far
 * above the limit.
 */
class NativeMemoryTest {
  private static final long LIMIT = 64 << 20;

  @Test
  void memoryDoesNotGrowWithTheNumberOfSteps() {
    SegmentSet segments = RandomSegments.of(120, 25, 6);
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(RandomSegments.WIDTHS)
            .hidden(64)
            .backend("native")
            .build()) {
      long early = least(model, segments);
      long late = least(model, segments);
      assertThat(late - early).isLessThan(LIMIT);
    }
  }

  @Test
  void closedModelsLeaveNoNativeBuffers() {
    SegmentSet segments = RandomSegments.of(16, 25, 6);
    long before = NativeBytes.allocated();
    for (int i = 0; i < 3; i++) {
      try (MultimodalModel model =
          MultimodalModel.builder()
              .inputs(RandomSegments.WIDTHS)
              .hidden(256)
              .backend("native")
              .build()) {
        run(model, segments, 1);
        assertThat(NativeBytes.allocated() - before).isGreaterThan(1 << 20);
      }
      assertThat(NativeBytes.allocated()).isEqualTo(before);
    }
  }

  private static void run(MultimodalModel model, SegmentSet segments, int epochs) {
    SeedStream dropout = new Seeds(1).stream("dropout");
    Batcher batches = Batcher.builder(segments).batchSize(7).build();
    try (TrainingSession session = GradientSessions.start(model, batches)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        for (Batch batch : batches.epoch(epoch)) {
          GradientSessions.step(session, batch, batch.presence(), dropout);
        }
        model.predict(segments);
      }
    }
  }

  /** Returns the minimum memory over several rounds. */
  private static long least(MultimodalModel model, SegmentSet segments) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 6; round++) {
      run(model, segments, 3);
      least = Math.min(least, afterCollection());
    }
    return least;
  }

  private static long afterCollection() {
    System.gc();
    return NativeBytes.ofProcess();
  }
}
