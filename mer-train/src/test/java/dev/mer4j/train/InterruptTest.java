package dev.mer4j.train;

import static dev.mer4j.train.ResumableRun.TRAIN;
import static dev.mer4j.train.ResumableRun.VALID;
import static dev.mer4j.train.ResumableRun.config;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.WatchedSegments;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.train.ResumableRun.Outcome;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Interrupts the training thread at different moments. */
class InterruptTest {
  private static final String BACKEND = "native";

  private static Outcome whole;
  @TempDir Path folder;

  @BeforeAll
  static void trainWithoutInterruption(@TempDir Path other) {
    whole = ResumableRun.train(config(3), TRAIN, false, other, BACKEND);
  }

  @AfterEach
  void clearFlag() {
    boolean unused = Thread.interrupted();
  }

  /** The event at which a listener interrupts its own thread. */
  enum Moment {
    STARTED,
    EPOCH_STARTED,
    IN_THE_MIDDLE_OF_AN_EPOCH,
    BEFORE_VALIDATION,
    BEFORE_THE_CHECKPOINT,
    AFTER_THE_CHECKPOINT
  }

  private record Interrupter(Moment moment) implements TrainingListener {
    private void at(Moment now) {
      if (now == moment) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void started(int epochs, History before) {
      at(Moment.STARTED);
    }

    @Override
    public void epochStarted(int epoch, int steps) {
      at(Moment.EPOCH_STARTED);
    }

    @Override
    public void stepFinished(StepRecord step) {
      if (step.step() == 2) {
        at(Moment.IN_THE_MIDDLE_OF_AN_EPOCH);
      } else if (step.step() == step.steps()) {
        at(Moment.BEFORE_VALIDATION);
      }
    }

    @Override
    public void epochFinished(EpochRecord epoch, boolean best) {
      at(Moment.BEFORE_THE_CHECKPOINT);
    }

    @Override
    public void checkpointSaved(Path file) {
      at(Moment.AFTER_THE_CHECKPOINT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsAsCancelledAndResumesBitForBit(Moment moment) throws IOException {
    Path parts = folder.resolve("parts");
    Outcome cut =
        ResumableRun.train(config(3), TRAIN, false, parts, BACKEND, new Interrupter(moment));

    assertThat(cut.run().stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(Thread.interrupted()).as("the flag is restored").isTrue();
    boolean begun = moment != Moment.STARTED && moment != Moment.EPOCH_STARTED;
    assertThat(new CheckpointFolder(parts).files()).hasSize(begun ? 1 : 0);
    assertResumes(parts);
  }

  @Test
  void aThreadThatWasInterruptedBeforeTrainsNothing() throws IOException {
    Outcome one = ResumableRun.train(config(1), TRAIN, false, folder.resolve("whole"), BACKEND);
    Thread.currentThread().interrupt();
    Outcome cut = ResumableRun.train(config(1), TRAIN, false, folder.resolve("parts"), BACKEND);

    assertThat(cut.run().stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    Outcome resumed = ResumableRun.train(config(1), TRAIN, true, folder.resolve("parts"), BACKEND);
    assertThat(resumed.parameters()).isEqualTo(one.parameters());
  }

  @Test
  void anInterruptWhileABatchIsPackedAheadEndsAsCancelled() throws IOException {
    Thread trainer = Thread.currentThread();
    AtomicBoolean oneEpochDone = new AtomicBoolean();
    TrainingSplit train =
        TrainingSplit.of(
            new WatchedSegments(
                TRAIN,
                () -> {
                  if (Thread.currentThread() != trainer && oneEpochDone.getAndSet(false)) {
                    trainer.interrupt();
                  }
                }));
    TrainingListener epochs =
        new TrainingListener() {
          @Override
          public void checkpointSaved(Path file) {
            oneEpochDone.set(true);
          }
        };
    Path parts = folder.resolve("parts");
    Outcome cut = ResumableRun.train(config(3), train, false, parts, BACKEND, epochs);

    assertThat(cut.run().stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
    assertResumes(parts);
  }

  @Test
  void anInterruptInTheMiddleOfValidationEndsAsCancelled() throws IOException {
    Path parts = folder.resolve("parts");
    boolean[] trained = new boolean[1];
    TrainingListener steps =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord step) {
            trained[0] = true;
          }
        };
    ValidationSplit valid =
        ValidationSplit.of(
            new WatchedSegments(
                VALID,
                () -> {
                  if (trained[0]) {
                    Thread.currentThread().interrupt();
                  }
                }));
    try (MultimodalModel model = Toys.builder(LabelSet.MULTI_LABEL).backend(BACKEND).build()) {
      TrainingRun cut =
          Trainer.builder()
              .config(config(3))
              .checkpoints(parts)
              .listener(steps)
              .build()
              .fit(model, TRAIN, valid);
      assertThat(cut.stopReason()).isEqualTo(StopReason.CANCELLED);
      assertThat(cut.history().epochs()).hasSize(1);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
      model.save(folder.resolve("model"), Provenance.UNKNOWN);
      MultimodalModel.load(folder.resolve("model"), BACKEND).close();
      assertThat(Thread.interrupted()).as("saving and loading keep the flag").isTrue();
    }
    assertResumes(parts);
  }

  @Test
  void anInterruptInTheLastValidationChangesNothingButTheFlag() {
    Outcome one = ResumableRun.train(config(1), TRAIN, false, folder.resolve("whole"), BACKEND);
    Outcome last =
        ResumableRun.train(
            config(1),
            TRAIN,
            false,
            folder.resolve("last"),
            BACKEND,
            new Interrupter(Moment.BEFORE_VALIDATION));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(last.run().stopReason()).isEqualTo(StopReason.COMPLETED);
    assertThat(last.parameters()).isEqualTo(one.parameters());
  }

  private void assertResumes(Path parts) throws IOException {
    try (Stream<Path> files = Files.list(parts)) {
      List<String> partial =
          files
              .map(file -> file.getFileName().toString())
              .filter(f -> f.endsWith(".part"))
              .toList();
      assertThat(partial).isEmpty();
    }
    Outcome resumed = ResumableRun.train(config(3), TRAIN, true, parts, BACKEND);
    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }
}
