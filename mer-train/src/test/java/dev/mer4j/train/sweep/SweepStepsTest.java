package dev.mer4j.train.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.train.Cancellation;
import dev.mer4j.train.checkpoint.Fingerprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the steps of a sweep with an executor that trains nothing. */
class SweepStepsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0} at once")
  @ValueSource(ints = {1, 2})
  void failedTrialDoesNotStopTheOthers(int parallel) {
    FakeExecutor executor = new FakeExecutor();
    executor.failing = "b";

    assertThatThrownBy(() -> sweep(executor).parallel(parallel).build().run())
        .isInstanceOf(MerException.class)
        .hasMessage("b 1 failed")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(executor.trained).contains("a 1", "a 2");
    executor.failing = "";
    executor.trained.clear();
    assertThat(sweep(executor).build().run().all()).hasSize(4);
    assertThat(executor.trained).containsExactly("b 1", "b 2");
  }

  @ParameterizedTest(name = "{0} at once")
  @ValueSource(ints = {1, 2})
  void anErrorInATrialDoesNotStopTheOthers(int parallel) {
    FakeExecutor executor =
        new FakeExecutor() {
          @Override
          public boolean train(TrialTask task, Cancellation cancellation)
              throws InterruptedException {
            if (task.setting().equals("a") && task.seed() == 1) {
              throw new OutOfMemoryError("in a trial");
            }
            return super.train(task, cancellation);
          }
        };

    assertThatThrownBy(() -> sweep(executor).parallel(parallel).build().run())
        .isInstanceOf(OutOfMemoryError.class)
        .hasMessage("in a trial");
    assertThat(executor.trained).containsExactlyInAnyOrder("b 1", "a 2", "b 2");
  }

  @Test
  void trainsNothingIfAResultIsOfOtherSettings() {
    sweep(new FakeExecutor()).build().run();
    FakeExecutor other = new FakeExecutor();
    other.version = "2";

    assertThatThrownBy(() -> sweep(other).seeds(3, 1).build().run())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("version was 1 and is 2");
    assertThat(other.trained).isEmpty();
  }

  @Test
  void scoresKeepTheOrderOfTheScorerAfterReading() {
    FakeScorer both = new FakeScorer(List.of("z", "a"));

    Trials first = sweep(new FakeExecutor()).scorer(both).build().run();
    Trials again = sweep(new FakeExecutor()).scorer(both).build().run();
    Trials one = sweep(new FakeExecutor()).scorer(new FakeScorer(List.of("a"))).build().run();

    assertThat(first.scores()).containsExactly("z", "a");
    assertThat(again.scores()).containsExactly("z", "a");
    assertThat(one.scores()).containsExactly("a");
  }

  @Test
  void completesAResultWithAMissingScore() {
    sweep(new FakeExecutor()).scorer(new FakeScorer(List.of("a"))).build().run();

    Trials more = sweep(new FakeExecutor()).scorer(new FakeScorer(List.of("a", "b"))).build().run();

    assertThat(more.scores()).containsExactly("a", "b");
  }

  @Test
  void scoresOfOtherDataAreReplaced() {
    AtomicInteger scored = new AtomicInteger();
    sweep(new FakeExecutor()).scorer(new DataScorer("first", scored)).build().run();
    sweep(new FakeExecutor()).scorer(new DataScorer("first", scored)).build().run();
    assertThat(scored).hasValue(4);

    Trials other = sweep(new FakeExecutor()).scorer(new DataScorer("other", scored)).build().run();

    assertThat(scored).hasValue(8);
    assertThat(other.all().get(0).scores()).containsExactly(Map.entry("a", 5.0));
  }

  /** Results of earlier versions. */
  @Test
  void readsAnEarlierResult() throws IOException {
    Path file = folder.resolve("a/seed-1/result.json");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"fingerprint": {"facts": {"version": "1"}},
         "trial": {"setting": "all seeds", "seed": 1, "scores": {"a": 0.25}}}
        """);
    FakeExecutor executor = new FakeExecutor();

    Trials trials = sweep(executor).build().run();

    assertThat(trials.all().get(0)).isEqualTo(new Trial("a", 1, Map.of("a", 0.25)));
    assertThat(executor.trained).doesNotContain("a 1");
  }

  @ParameterizedTest(name = "{0} at once")
  @ValueSource(ints = {1, 2})
  void interruptStopsRunningTrialsAndKeepsFinishedOnes(int parallel) throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    FakeExecutor executor =
        new FakeExecutor() {
          @Override
          public boolean train(TrialTask task, Cancellation cancellation)
              throws InterruptedException {
            if (task.setting().equals("b")) {
              waiting.countDown();
              new CountDownLatch(1).await();
            }
            return super.train(task, cancellation);
          }
        };
    List<Trials> found = Collections.synchronizedList(new ArrayList<>());
    Thread thread =
        new Thread(
            () -> {
              Trials trials = sweep(executor).seeds(1, 1).parallel(parallel).build().run();
              found.add(Thread.currentThread().isInterrupted() ? trials : new Trials(List.of()));
            });
    thread.start();
    waiting.await();
    thread.interrupt();
    thread.join();

    assertThat(found).hasSize(1);
    assertThat(found.get(0).all()).extracting(Trial::setting).doesNotContain("b");
  }

  @Test
  void aTaskIsPlainData() throws Exception {
    TrialTask task = sweep(new FakeExecutor()).build().tasks().get(0);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(task);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(task);
    }
    assertThat(task.result()).isEqualTo(folder.resolve("a/seed-1/result.json"));
  }

  private Sweep.Builder sweep(TrialExecutor executor) {
    return Sweep.builder()
        .setting("a", folder.resolve("a"))
        .setting("b", folder.resolve("b"))
        .seeds(1, 2)
        .executor(executor)
        .scorer(new FakeScorer(List.of("a")));
  }

  private record FakeScorer(List<String> names) implements TrialScorer {
    @Override
    public Map<String, Double> score(TrialTask task) {
      Map<String, Double> scores = new LinkedHashMap<>();
      names.forEach(name -> scores.put(name, 0.5));
      return scores;
    }
  }

  /** Scores trials by the number of scored ones. */
  private record DataScorer(String data, AtomicInteger scored) implements TrialScorer {
    @Override
    public List<String> names() {
      return List.of("a");
    }

    @Override
    public Map<String, Double> score(TrialTask task) {
      return Map.of("a", (double) scored.incrementAndGet());
    }

    @Override
    public String scoredOn(TrialTask task) {
      return data;
    }
  }

  private static class FakeExecutor implements TrialExecutor {
    final List<String> trained = Collections.synchronizedList(new ArrayList<>());
    String version = "1";
    String failing = "";

    @Override
    public Fingerprint fingerprint(TrialTask task) {
      return new Fingerprint(Map.of("version", version));
    }

    @Override
    public boolean train(TrialTask task, Cancellation cancellation) throws InterruptedException {
      if (task.setting().equals(failing)) {
        throw new MerException(task.setting() + " " + task.seed() + " failed");
      }
      trained.add(task.setting() + " " + task.seed());
      return true;
    }
  }
}
