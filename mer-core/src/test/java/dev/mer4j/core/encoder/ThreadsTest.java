package dev.mer4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.GradientSessions;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.RandomSegments;
import dev.mer4j.core.internal.cpu.ThreadBudget;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results are bit-identical for any number of threads, and several threads may predict at once. */
public class ThreadsTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(70, 12, 1);

  static List<String> backends() {
    return TestedBackends.names();
  }

  static List<String> poolingBackends() {
    return TestedBackends.withPooling();
  }

  @AfterEach
  void useAllCores() {
    System.clearProperty(ThreadBudget.PROPERTY);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyNumberOfThreadsGivesTheSameGradient(String backend) {
    assertSameGradients(() -> RandomSegments.model(backend));
  }

  @ParameterizedTest
  @MethodSource("poolingBackends")
  void everyNumberOfThreadsGivesTheSameGradientWithPooling(String backend) {
    assertSameGradients(() -> RandomSegments.pooled(backend));
  }

  private static void assertSameGradients(Supplier<MultimodalModel> models) {
    List<float[]> expected = gradients(models, 1);
    int[] numbers =
        TestedBackends.areSlow() ? new int[] {2, 5} : new int[] {2, 3, 5, 8, 12, 16, 24, 32, 64};
    for (int threads : numbers) {
      List<float[]> found = gradients(models, threads);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i)).as("%d threads", threads).isEqualTo(expected.get(i));
      }
    }
  }

  private static List<float[]> gradients(Supplier<MultimodalModel> models, int threads) {
    System.setProperty(ThreadBudget.PROPERTY, Integer.toString(threads));
    List<float[]> gradients = new ArrayList<>();
    Batcher batches = Batcher.builder(SEGMENTS).batchSize(35).build();
    try (MultimodalModel model = models.get();
        TrainingSession session = GradientSessions.start(model, batches)) {
      for (Batch batch : batches.epoch(0)) {
        GradientSessions.step(session, batch, batch.presence(), new Seeds(2).stream("dropout"));
        gradients.add(session.gradient().clone());
      }
    }
    return gradients;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void concurrentPredictionsEqualSequentialOnes(String backend) throws Exception {
    assertConcurrentPredictions(() -> RandomSegments.model(backend));
  }

  @ParameterizedTest
  @MethodSource("poolingBackends")
  void concurrentPredictionsEqualSequentialOnesWithPooling(String backend) throws Exception {
    assertConcurrentPredictions(() -> RandomSegments.pooled(backend));
  }

  private static void assertConcurrentPredictions(Supplier<MultimodalModel> models)
      throws Exception {
    List<Future<List<Prediction>>> found = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try (MultimodalModel model = models.get()) {
      List<SegmentSet> requests = new ArrayList<>();
      for (int i = 0; i < (TestedBackends.areSlow() ? 9 : 24); i++) {
        requests.add(RandomSegments.of(1 + i % 9, 12, i));
      }
      List<List<Prediction>> expected =
          requests.stream().map(request -> model.predict(request).rows()).toList();
      for (SegmentSet request : requests) {
        found.add(threads.submit(() -> model.predict(request).rows()));
      }
      for (int i = 0; i < expected.size(); i++) {
        assertThat(found.get(i).get()).isEqualTo(expected.get(i));
      }
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void changedParameterChangesTheNextPrediction(String backend) {
    try (MultimodalModel model = RandomSegments.model(backend)) {
      List<Prediction> before = model.predict(SEGMENTS).rows();
      float[] parameters = model.parameters().values();
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] *= 1.5f;
      }
      List<Prediction> after = model.predict(SEGMENTS).rows();
      assertThat(after).isNotEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "many", "", "1000"})
  void refusesInvalidNumbersOfThreads(String value) {
    System.setProperty(ThreadBudget.PROPERTY, value);
    assertThatThrownBy(ThreadBudget::threads)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("mer4j.threads must be a number from 1 to 999");
  }

  @Test
  void defaultsToAllCores() {
    assertThat(ThreadBudget.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
