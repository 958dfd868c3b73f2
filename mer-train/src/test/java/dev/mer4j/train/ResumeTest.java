package dev.mer4j.train;

import static dev.mer4j.train.ResumableRun.TRAIN;
import static dev.mer4j.train.ResumableRun.config;
import static dev.mer4j.train.ResumableRun.crash;
import static dev.mer4j.train.ResumableRun.fit;
import static dev.mer4j.train.ResumableRun.train;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.core.Contributions;
import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.train.LossOptions.ClassWeights;
import dev.mer4j.train.ResumableRun.Outcome;
import dev.mer4j.train.Schedule.Decay;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "interrupted after {0} of 6 epochs")
  @ValueSource(ints = {1, 2, 5, 6})
  void endsInTheSameBitsAsARunWithoutInterruption(int done) {
    Outcome whole = train(config(6), TRAIN, false, folder.resolve("whole"));
    train(config(done), TRAIN, false, folder.resolve("parts"));
    Outcome resumed = train(config(6), TRAIN, true, folder.resolve("parts"));

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }

  @Test
  void endsInTheSameBitsWithAdditiveFusion() {
    Outcome whole = additive(Trainer.builder().config(config(3)));
    Path parts = folder.resolve("parts");
    additive(Trainer.builder().config(config(1)).checkpoints(parts));
    Outcome resumed = additive(Trainer.builder().config(config(3)).checkpoints(parts).resume(true));

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
    Contributions first = whole.predictions().rows().get(0).contributions().orElseThrow();
    assertThat(first.terms()).isNotEmpty().noneMatch(term -> term.relative().isEmpty());
  }

  private static Outcome additive(Trainer.Builder trainer) {
    return fit(
        trainer, Toys.builder(LabelSet.MULTI_LABEL).fusion(Fusion.additive(2)).headDropout(0.3));
  }

  @Test
  void endsInTheSameBitsWithAttentionPooling() {
    ModelBuilder model = Toys.builder(LabelSet.MULTI_LABEL).pooling(Pooling.ATTENTION);
    Outcome whole = fit(Trainer.builder().config(config(3)), model);
    Path parts = folder.resolve("parts");
    fit(Trainer.builder().config(config(1)).checkpoints(parts), model);
    Outcome resumed =
        fit(Trainer.builder().config(config(3)).checkpoints(parts).resume(true), model);

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }

  @Test
  void endsInTheSameBitsWithAnAverageOfTheParameters() {
    assertResumable(config(3).toBuilder().ema(0.9).build());
  }

  /** Interrupts a run in the middle of its second epoch, with dropout in the head. */
  private void assertResumable(TrainerConfig config) {
    Outcome whole = train(config, TRAIN, false, folder.resolve("whole"));
    TrainerConfig eager = config.toBuilder().checkpointMinutes(1e-9).build();
    Path parts = folder.resolve("parts");
    assertThatThrownBy(() -> train(eager, TRAIN, false, parts, crash(2, 3)))
        .hasMessage("power cut");
    Outcome resumed = train(config, TRAIN, true, parts);

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
    assertThat(whole.parameters())
        .isNotEqualTo(train(config(3), TRAIN, false, folder.resolve("without")).parameters());
  }

  @Test
  void endsInTheSameBitsOnTheReferenceBackendToo() {
    Outcome whole = train(config(3), TRAIN, false, folder.resolve("whole"), "samediff");
    train(config(1), TRAIN, false, folder.resolve("parts"), "samediff");
    Outcome resumed = train(config(3), TRAIN, true, folder.resolve("parts"), "samediff");

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }

  @ParameterizedTest(name = "cancelled in epoch {0}, step {1} of 4")
  @CsvSource({"1, 1", "1, 4", "2, 1", "3, 3", "4, 4"})
  void endsInTheSameBitsAfterACancellationInTheMiddleOfAnEpoch(int epoch, int step) {
    TrainerConfig config =
        config(4).toBuilder()
            .checkpointEvery(10)
            .schedule(new Schedule(1.5, Decay.COSINE, 2))
            .loss(new LossOptions(ClassWeights.BALANCED, 2))
            .build();
    Outcome whole = train(config, TRAIN, false, folder.resolve("whole"));
    Cancellation cancellation = new Cancellation();
    TrainingListener canceller =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord done) {
            if (done.epoch() == epoch && done.step() == step) {
              cancellation.cancel();
            }
          }
        };
    Path parts = folder.resolve("parts");
    TrainingRun cancelled =
        fit(Trainer.builder()
                .config(config)
                .checkpoints(parts)
                .listener(canceller)
                .cancellation(cancellation))
            .run();
    assertThat(cancelled.stopReason())
        .isEqualTo(epoch == 4 ? StopReason.COMPLETED : StopReason.CANCELLED);
    Outcome resumed = train(config, TRAIN, true, parts);

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }

  @Test
  void resultIsIndependentOfCheckpointMinutes() {
    Outcome whole = train(config(2), TRAIN, false, folder.resolve("whole"));
    TrainerConfig eager = config(2).toBuilder().checkpointMinutes(1e-9).build();
    List<String> events = new ArrayList<>();
    Path parts = folder.resolve("parts");
    assertThatThrownBy(
            () -> train(eager, TRAIN, false, parts, new RecordingListener(events), crash(2, 3)))
        .hasMessage("power cut");
    assertThat(events).contains("saved epoch-00000-step-00001.checkpoint");
    Outcome resumed = train(config(2), TRAIN, true, parts, new RecordingListener(events));

    assertThat(events).contains("resumed epoch-00001-step-00002.checkpoint after epoch 1, step 2");
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
  }

  @Test
  void writesTheSameStepLogAsARunWithoutInterruption() throws IOException {
    Path whole = folder.resolve("whole.jsonl");
    Path parts = folder.resolve("parts.jsonl");
    try (StepLog log = new StepLog(whole)) {
      train(config(3), TRAIN, false, folder.resolve("whole"), log);
    }
    try (StepLog log = new StepLog(parts)) {
      assertThatThrownBy(() -> train(config(3), TRAIN, false, folder, log, crash(3, 2)))
          .hasMessage("power cut");
    }
    Files.writeString(parts, "{\"epoch\": 3, \"st", StandardOpenOption.APPEND);
    try (StepLog log = new StepLog(parts)) {
      train(config(3), TRAIN, true, folder, log);
    }

    assertThat(parts).hasSameTextualContentAs(whole);
    assertThat(Files.readAllLines(parts))
        .hasSize(12)
        .last()
        .asString()
        .startsWith("{\"epoch\":3,\"step\":4,\"steps\":4,\"loss\":0.")
        .contains("\"learningRate\":0.02,\"encoderGradientNorms\":{\"text\":");
  }

  @Test
  void stopsWhereItIsCancelledBeforeTheFirstStep() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    TrainingRun run =
        fit(Trainer.builder().config(config(2)).checkpoints(folder).cancellation(cancellation))
            .run();

    assertThat(run.stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(run.bestEpoch()).isZero();
    assertThat(new CheckpointFolder(folder).files()).isEmpty();
  }

  @Test
  void discardsAnIncompleteEpochAfterACrash() {
    Outcome whole = train(config(4), TRAIN, false, folder.resolve("whole"));
    assertThatThrownBy(() -> train(config(4), TRAIN, false, folder.resolve("parts"), crash(3, 2)))
        .hasMessage("power cut");
    Outcome resumed = train(config(4), TRAIN, true, folder.resolve("parts"));

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }

  @Test
  void reportsWhereItContinues() {
    train(config(2), TRAIN, false, folder);
    List<String> events = new ArrayList<>();
    train(config(3), TRAIN, true, folder, new RecordingListener(events));

    assertThat(events)
        .startsWith(
            "resumed epoch-00002.checkpoint after epoch 2, step 0",
            "started 3",
            "features are read and packed batch by batch",
            "epoch 3 of 4 steps");
  }

  @Test
  void keepsTheEarlierEpochsInTheHistoryFile() {
    Path file = folder.resolve("history.csv");
    train(config(2), TRAIN, false, folder, HistoryFile.csv(file));
    Outcome resumed = train(config(3), TRAIN, true, folder, HistoryFile.csv(file));

    Path expected = folder.resolve("expected.csv");
    resumed.run().history().writeCsv(expected);
    assertThat(file).hasSameTextualContentAs(expected);
    assertThat(resumed.run().history().epochs()).hasSize(3);
  }

  @Test
  void finishedRunDoesNotTrainAgain() {
    Outcome whole = train(config(2), TRAIN, false, folder);

    assertThat(train(config(2), TRAIN, true, folder)).usingRecursiveComparison().isEqualTo(whole);
  }

  @Test
  void startsANewRunWithoutACheckpoint() {
    List<String> events = new ArrayList<>();
    train(config(1), TRAIN, true, folder.resolve("new"), new RecordingListener(events));

    assertThat(events)
        .startsWith(
            "nothing to resume in new",
            "started 1",
            "features are read and packed batch by batch",
            "epoch 1 of 4 steps");
  }

  @Test
  void usesThePreviousCheckpointIfTheNewestIsCorrupt() throws IOException {
    Outcome whole = train(config(4), TRAIN, false, folder);
    Path newest = new CheckpointFolder(folder).files().get(0);
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);

    List<String> events = new ArrayList<>();
    Outcome resumed = train(config(4), TRAIN, true, folder, new RecordingListener(events));

    assertThat(events)
        .startsWith(
            "ignored epoch-00004.checkpoint",
            "resumed epoch-00003.checkpoint after epoch 3, step 0");
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
  }
}
