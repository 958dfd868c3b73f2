package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictions of several threads, also during training, are those of one thread. */
@Timeout(120)
class ConcurrentPredictionTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(9, 12, 1);
  private static final int THREADS = 8;
  private static final int CALLS = 20;
  private static final int STEPS = 20;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "java"})
  void everyThreadGetsTheSamePredictions(String backend) {
    for (Fusion fusion :
        List.of(
            Fusion.concatenation(),
            Fusion.attention(),
            Fusion.attentionSum(),
            Fusion.additive(2))) {
      try (MultimodalModel model = model(backend, fusion)) {
        List<Prediction> expected = model.predict(SEGMENTS).rows();
        List<CompletableFuture<List<Prediction>>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS * CALLS; i++) {
          calls.add(CompletableFuture.supplyAsync(() -> model.predict(SEGMENTS).rows(), threads));
        }
        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo(expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "java"})
  void noPassReadsParametersDuringAnUpdate(String backend) {
    Fusion fusion = Fusion.additive(2);
    Set<String> expected = new HashSet<>();
    Encodings initial;
    try (MultimodalModel model = model(backend, fusion)) {
      initial = model.encode(SEGMENTS);
      expected.addAll(outputs(model, initial));
      train(model, () -> expected.addAll(outputs(model, initial)));
    }
    try (MultimodalModel model = model(backend, fusion)) {
      AtomicBoolean trained = new AtomicBoolean();
      List<CompletableFuture<Set<String>>> readers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        readers.add(
            CompletableFuture.supplyAsync(() -> outputsUntil(trained, model, initial), threads));
      }
      train(model, () -> {});
      trained.set(true);
      assertThat(readers).allSatisfy(each -> assertThat(expected).containsAll(each.join()));
    }
  }

  private static MultimodalModel model(String backend, Fusion fusion) {
    return MultimodalModel.builder()
        .inputs(RandomSegments.WIDTHS)
        .hidden(8)
        .headHidden(6)
        .fusion(fusion)
        .backend(backend)
        .build();
  }

  private static void train(MultimodalModel model, Runnable afterStep) {
    TrainingOptions options =
        new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.01, 0), new GradientClipping(1));
    Batcher batcher = Batcher.builder(SEGMENTS).batchSize(9).build();
    try (TrainingSession session = model.startTraining(options, batcher)) {
      for (int epoch = 1; epoch <= STEPS; epoch++) {
        try (PrefetchedBatches batches = session.epoch(epoch, 0)) {
          Batch batch = batches.next();
          session.step(batch, batch.presence(), new Seeds(epoch).stream("dropout"), 0.01);
          afterStep.run();
        }
      }
    }
  }

  private static Set<String> outputsUntil(
      AtomicBoolean end, MultimodalModel model, Encodings initial) {
    Set<String> seen = new HashSet<>();
    do {
      seen.addAll(outputs(model, initial));
    } while (!end.get());
    return seen;
  }

  /** Returns the states of the segments, and the logits of given states, as text. */
  private static List<String> outputs(MultimodalModel model, Encodings initial) {
    Encodings encodings = model.encode(SEGMENTS);
    String states =
        encodings.states(0, SEGMENTS.size(), encodings.presence()).values().stream()
            .map(Arrays::toString)
            .collect(Collectors.joining());
    return List.of(states, Arrays.toString(model.logits(initial, initial.presence())));
  }
}
