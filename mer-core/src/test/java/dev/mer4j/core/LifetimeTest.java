package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Encoders;
import dev.mer4j.core.encoder.TestedBackends;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.training.PrefetchedBatches;
import dev.mer4j.core.training.StepResult;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Native memory is never freed while in use, even when models are closed or threads interrupted.
 */
@Timeout(120)
public class LifetimeTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(9, 12, 1);
  private static final TrainingOptions OPTIONS =
      new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.01, 0), new GradientClipping(1));

  @TempDir Path folder;

  static List<String> backends() {
    return TestedBackends.names();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void closedOrInterruptedModelsReturnCorrectResultsOrFail(String backend) throws Exception {
    assertCorrectResultsOrFailures(backend, 50, 25, 5);
  }

  /** {@code mvn -Psoak verify -pl mer-core -am}. */
  @ParameterizedTest
  @MethodSource("backends")
  @Tag("soak")
  void manyClosedOrInterruptedModelsReturnCorrectResultsOrFail(String backend) throws Exception {
    assertCorrectResultsOrFailures(backend, 200, 100, 20);
  }

  /**
   * Runs the trial.
   *
   * @param slow the number of models and interrupts of slow backends, whose graphs take long to
   *     build
   */
  private void assertCorrectResultsOrFailures(String backend, int models, int interrupts, int slow)
      throws Exception {
    boolean graphs = TestedBackends.areSlow();
    String closed = "" + (graphs ? slow : models);
    String interrupted = "" + (graphs ? slow : interrupts);
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:ErrorFile=" + folder.resolve("crash"),
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty("java.class.path"),
                LifetimeTrial.class.getName(),
                backend,
                closed,
                interrupted)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log)).contains(" " + interrupted + " interrupts");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void closedModelThrowsIllegalState(String backend) {
    MultimodalModel model = RandomSegments.model(backend);
    Encodings encodings = model.encode(SEGMENTS);
    Batcher batches = Batcher.builder(SEGMENTS).batchSize(5).build();
    Batch batch = batches.inOrder().get(0);
    SeedStream dropout = new Seeds(1).stream("dropout");
    TrainingSession session = model.startTraining(OPTIONS, batches);
    session.step(batch, batch.presence(), dropout, 0.01);
    AdamW.State state = session.optimizerState();
    model.close();
    model.close();
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> model.predict(SEGMENTS),
            () -> model.predict(SEGMENTS, ModalitySet.NONE),
            () -> model.predict(encodings, ModalitySet.of(Modality.MOSEI)),
            () -> model.encode(SEGMENTS),
            () -> model.logits(encodings, encodings.presence()),
            () -> model.startTraining(OPTIONS, batches),
            () -> session.epoch(1, 0),
            () -> session.step(batch, batch.presence(), dropout, 0.01),
            session::gradient,
            session::optimizerState,
            () -> session.restore(state))) {
      assertThatThrownBy(use)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the model is closed");
    }
    session.close();
    session.close();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void closedEncodersThrowIllegalState(String backend) {
    try (MultimodalModel model = RandomSegments.model(backend)) {
      Batch batch = Batcher.builder(SEGMENTS).batchSize(5).build().inOrder().get(0);
      Encoders encoders =
          Backends.named(backend).open(model.config().inputs().modalities(), model.parameters());
      PerModality<float[]> states = encoders.forwardTraining(batch.sequences(), batch.presence());
      encoders.close();
      encoders.close();
      float[] gradient = new float[model.parameters().size()];
      for (ThrowingCallable use :
          List.<ThrowingCallable>of(
              () -> encoders.forward(batch.sequences(), batch.presence()),
              () -> encoders.forwardTraining(batch.sequences(), batch.presence()),
              () -> encoders.backward(states, gradient))) {
        assertThatThrownBy(use)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the model is closed");
      }
    }
  }

  /** Closing a model during training waits for the current step only. */
  @ParameterizedTest
  @MethodSource("backends")
  void closingEndsTrainingBetweenTwoSteps(String backend) throws InterruptedException {
    MultimodalModel model = RandomSegments.model(backend);
    Batcher batches = Batcher.builder(SEGMENTS).batchSize(5).build();
    CountDownLatch started = new CountDownLatch(2);
    CompletableFuture<Void> training =
        CompletableFuture.runAsync(
            () -> {
              try (TrainingSession session = model.startTraining(OPTIONS, batches)) {
                for (int epoch = 1; ; epoch++) {
                  train(session, epoch, started);
                }
              }
            });
    started.await();
    model.close();
    assertThatThrownBy(training::join)
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the model is closed");
  }

  private static void train(TrainingSession session, int epoch, CountDownLatch started) {
    SeedStream dropout = new Seeds(1).stream("dropout");
    try (PrefetchedBatches batches = session.epoch(epoch, 0)) {
      while (batches.hasNext()) {
        Batch batch = batches.next();
        StepResult result = session.step(batch, batch.presence(), dropout, 0.01);
        assertThat(result.isFinite()).isTrue();
        started.countDown();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void closedModelCanBeSaved(String backend) {
    MultimodalModel model = RandomSegments.model(backend);
    String parameters = model.parameters().sha256();
    model.close();
    model.save(folder, Provenance.UNKNOWN);
    try (MultimodalModel loaded = MultimodalModel.load(folder)) {
      assertThat(loaded.parameters().sha256()).isEqualTo(parameters);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void refusesClosingFromWithinACall(String backend) {
    try (MultimodalModel model = RandomSegments.model(backend)) {
      List<Prediction> expected = model.predict(SEGMENTS).rows();
      SegmentSet closing = new WatchedSegments(SEGMENTS, model::close);
      assertThatThrownBy(() -> model.predict(closing))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("the model cannot be closed from inside a call that uses it");
      assertThat(model.predict(SEGMENTS).rows()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void interruptedThreadPredictsAndCloses(String backend) {
    MultimodalModel model = RandomSegments.model(backend);
    List<Prediction> expected = model.predict(SEGMENTS).rows();
    Thread.currentThread().interrupt();
    List<Prediction> found = model.predict(SEGMENTS).rows();
    model.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(found).isEqualTo(expected);
  }
}
