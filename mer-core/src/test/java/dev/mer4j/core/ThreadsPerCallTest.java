package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import dev.mer4j.core.internal.cpu.Workers;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.SegmentSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThreadsPerCallTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(70, 12, 1);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"native, 1", "native, 3", "java, 1", "java, 3"})
  void predictionsDoNotDependOnTheThreadsOfACall(String backend, int threads) {
    try (MultimodalModel model = RandomSegments.model(backend)) {
      model.save(folder, Provenance.UNKNOWN);
      try (MultimodalModel loaded = MultimodalModel.load(folder, backend, threads)) {
        List<Predictions> found =
            IntStream.range(0, 4).parallel().mapToObj(i -> loaded.predict(SEGMENTS)).toList();

        assertThat(found).allMatch(model.predict(SEGMENTS)::equals);
      }
    }
  }

  static Stream<Workers> oneThread() {
    return Stream.of(Workers.perCall(1), Workers.shared(1));
  }

  static Stream<Workers> threeThreads() {
    return Stream.of(Workers.perCall(3), Workers.shared(3));
  }

  @ParameterizedTest
  @MethodSource("oneThread")
  void oneThreadIsTheCallingOne(Workers workers) {
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    List<Workers.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(new Workers.Task(i, () -> used.add(Thread.currentThread())));
    }
    try (workers) {
      workers.run(tasks);
    }

    assertThat(used).containsExactly(Thread.currentThread());
  }

  @ParameterizedTest
  @MethodSource("threeThreads")
  void severalThreadsRunAtOnceAndAFailureEndsNoOtherTask(Workers workers) {
    CyclicBarrier together = new CyclicBarrier(3);
    Set<Integer> done = ConcurrentHashMap.newKeySet();
    List<Workers.Task> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int task = i;
      tasks.add(
          new Workers.Task(
              i,
              () -> {
                await(together);
                done.add(task);
                if (task == 1) {
                  throw new IllegalStateException("broken");
                }
              }));
    }
    try (workers) {
      assertThatThrownBy(() -> workers.run(tasks))
          .isInstanceOf(MerException.class)
          .hasMessage("a task failed: broken");
    }

    assertThat(done).containsExactlyInAnyOrder(0, 1, 2);
  }

  @Test
  void callsThatShareThreadsDoNotWaitForEachOther() {
    try (Workers workers = Workers.shared(2)) {
      List<Workers.Task> inner =
          List.of(new Workers.Task(1, () -> {}), new Workers.Task(1, () -> {}));
      CyclicBarrier together = new CyclicBarrier(2);
      List<Workers.Task> outer = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        outer.add(
            new Workers.Task(
                1,
                () -> {
                  await(together);
                  workers.run(inner);
                }));
      }
      workers.run(outer);

      assertThat(together.isBroken()).isFalse();
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theNumberIsCheckedAndEndsWithTheModel() {
    assertThatThrownBy(() -> MultimodalModel.load(folder, null, 0))
        .isInstanceOf(ConfigException.class)
        .hasMessage("threads must be a number from 1 to 999: 0");
    assertThat(ThreadBudget.isPerCall()).isFalse();
  }
}
