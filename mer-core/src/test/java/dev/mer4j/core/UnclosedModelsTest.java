package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.SegmentSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Models that are not closed keep no threads and, once garbage collected, no native memory. */
@Timeout(120)
class UnclosedModelsTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(9, 12, 1);

  @Test
  void workerThreadsEndWhenTheyHaveNoWork() throws InterruptedException {
    List<MultimodalModel> unclosed = new ArrayList<>();
    for (int m = 0; m < 50; m++) {
      MultimodalModel model = model(best());
      model.predict(SEGMENTS);
      unclosed.add(model);
    }
    for (Thread worker : workers()) {
      worker.join();
    }
    assertThat(workers()).isEmpty();
    assertThat(unclosed.get(0).predict(SEGMENTS).size()).isEqualTo(SEGMENTS.size());
    unclosed.forEach(MultimodalModel::close);
  }

  @Test
  void nativeMemoryOfAnUnreachableModelIsFreed() {
    long before = NativeBytes.allocated();
    for (int m = 0; m < 20; m++) {
      model(best()).predict(SEGMENTS);
    }
    long reserved = NativeBytes.allocated() - before;
    assertThat(reserved).isPositive();
    while (NativeBytes.allocated() - before > reserved / 2) {
      System.gc();
      assertThat(Thread.currentThread().isInterrupted()).as("timed out").isFalse();
    }
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("mer4j-worker"))
        .toList();
  }

  private static String best() {
    try (MultimodalModel model = MultimodalModel.builder().inputs(RandomSegments.WIDTHS).build()) {
      return model.backend();
    }
  }

  private static MultimodalModel model(String backend) {
    return MultimodalModel.builder()
        .inputs(RandomSegments.WIDTHS)
        .hidden(8)
        .backend(backend)
        .build();
  }
}
