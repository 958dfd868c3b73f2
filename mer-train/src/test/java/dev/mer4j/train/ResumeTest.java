package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.MerException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Predictions;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private static final SegmentList TRAIN = Toys.segments("train", 30);
  private static final SegmentList VALID = Toys.segments("valid", 12);

  @TempDir Path folder;

  /** What a run leaves behind. */
  record Outcome(TrainingRun run, String parameters, Predictions predictions) {}

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
  void endsInTheSameBitsOnTheReferenceEngineToo() {
    Outcome whole = train(config(3), TRAIN, false, folder.resolve("whole"), "samediff");
    train(config(1), TRAIN, false, folder.resolve("parts"), "samediff");
    Outcome resumed = train(config(3), TRAIN, true, folder.resolve("parts"), "samediff");

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }

  @Test
  void forgetsAnEpochThatWasInterruptedInTheMiddle() {
    Outcome whole = train(config(4), TRAIN, false, folder.resolve("whole"));
    TrainingListener crash =
        new TrainingListener() {
          @Override
          public void stepped(StepRecord step) {
            if (step.epoch() == 3 && step.step() == 2) {
              throw new IllegalStateException("power cut");
            }
          }
        };
    assertThatThrownBy(() -> train(config(4), TRAIN, false, folder.resolve("parts"), crash))
        .hasMessage("power cut");
    Outcome resumed = train(config(4), TRAIN, true, folder.resolve("parts"));

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
  }

  @Test
  void refusesToGoOnWithAnotherEngine() {
    train(config(1), TRAIN, false, folder, "samediff");

    assertThatThrownBy(() -> train(config(2), TRAIN, true, folder, "onednn"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("engine was samediff and is onednn");
  }

  @Test
  void saysWhereItGoesOn() {
    train(config(2), TRAIN, false, folder);
    List<String> told = new ArrayList<>();
    train(config(3), TRAIN, true, folder, new Diary(told));

    assertThat(told)
        .startsWith(
            "resumed epoch-00002.checkpoint after epoch 2", "started 3", "epoch 3 of 4 steps");
  }

  @Test
  void keepsTheEarlierEpochsInTheHistoryFile() {
    Path file = folder.resolve("history.csv");
    train(config(2), TRAIN, false, folder, new HistoryFile(file));
    Outcome resumed = train(config(3), TRAIN, true, folder, new HistoryFile(file));

    Path expected = folder.resolve("expected.csv");
    resumed.run().history().writeCsv(expected);
    assertThat(file).hasSameTextualContentAs(expected);
    assertThat(resumed.run().history().epochs()).hasSize(3);
  }

  @Test
  void hasNothingLeftToDoAfterTheLastEpoch() {
    Outcome whole = train(config(2), TRAIN, false, folder);

    assertThat(train(config(2), TRAIN, true, folder)).usingRecursiveComparison().isEqualTo(whole);
  }

  @Test
  void startsAtTheBeginningWhereThereIsNoCheckpointYet() {
    List<String> told = new ArrayList<>();
    train(config(1), TRAIN, true, folder.resolve("new"), new Diary(told));

    assertThat(told).startsWith("started 1", "epoch 1 of 4 steps");
  }

  @Test
  void goesBackToTheCheckpointBeforeADamagedOne() throws IOException {
    Outcome whole = train(config(4), TRAIN, false, folder);
    Path newest = new CheckpointFolder(folder).files().get(0);
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);

    List<String> told = new ArrayList<>();
    Outcome resumed = train(config(4), TRAIN, true, folder, new Diary(told));

    assertThat(told)
        .startsWith(
            "left aside epoch-00004.checkpoint", "resumed epoch-00003.checkpoint after epoch 3");
    assertThat(resumed.parameters()).isEqualTo(whole.parameters());
  }

  @Test
  void refusesToStartOverWhenNoCheckpointIsWhole() throws IOException {
    train(config(1), TRAIN, false, folder);
    Files.write(new CheckpointFolder(folder).files().get(0), new byte[10]);

    assertThatThrownBy(() -> train(config(2), TRAIN, true, folder))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("no checkpoint can be read")
        .hasMessageContaining("damaged");
  }

  @Test
  void refusesAnotherConfigurationAndListsWhatDiffers() {
    train(config(1), TRAIN, false, folder);
    TrainerConfig other = config(2).toBuilder().learningRate(0.5).seed(8).build();

    assertThatThrownBy(() -> train(other, TRAIN, true, folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("epoch-00001.checkpoint is of another run")
        .hasMessageContaining("training.learningRate was 0.02 and is 0.5")
        .hasMessageContaining("training.seed was 7 and is 8")
        .hasMessageNotContaining("epochs");
  }

  @Test
  void refusesOtherData() {
    train(config(1), TRAIN, false, folder);

    assertThatThrownBy(() -> train(config(2), Toys.segments("other", 30), true, folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training data was 30 segments with SHA-256")
        .hasMessageNotContaining("validation data");
  }

  @Test
  void refusesToMixANewRunWithAnOldOne() {
    train(config(1), TRAIN, false, folder);

    assertThatThrownBy(() -> train(config(1), TRAIN, false, folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("holds a run already: resume it");
  }

  @Test
  void refusesToResumeFromNowhere() {
    assertThatThrownBy(() -> Trainer.builder().resume(true).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("name the folder of its checkpoints");
  }

  private static TrainerConfig config(int epochs) {
    return TrainerConfig.builder()
        .epochs(epochs)
        .batchSize(8)
        .learningRate(0.02)
        .checkpointEvery(1)
        .build();
  }

  private static Outcome train(
      TrainerConfig config,
      SegmentSet train,
      boolean resume,
      Path folder,
      TrainingListener... listeners) {
    return train(config, train, resume, folder, "onednn", listeners);
  }

  private static Outcome train(
      TrainerConfig config,
      SegmentSet train,
      boolean resume,
      Path folder,
      String engine,
      TrainingListener... listeners) {
    Trainer.Builder trainer = Trainer.builder().config(config).checkpoints(folder).resume(resume);
    List.of(listeners).forEach(trainer::listener);
    try (MultimodalModel model = Toys.builder(LabelScheme.MULTI_LABEL).engine(engine).build()) {
      TrainingRun run = trainer.build().fit(model, train, VALID);
      return new Outcome(run, model.parameters().sha256(), model.predict(VALID));
    }
  }
}
