package dev.mer4j.train;

import static dev.mer4j.train.ResumableRun.TRAIN;
import static dev.mer4j.train.ResumableRun.config;
import static dev.mer4j.train.ResumableRun.train;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.train.Schedule.Decay;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeRefusalTest {
  @TempDir Path folder;

  @Test
  void refusesAnotherNumberOfEpochsWhereTheLearningRateDependsOnIt() {
    Schedule cosine = new Schedule(0, Decay.COSINE, 0);
    train(config(1).toBuilder().schedule(cosine).build(), TRAIN, false, folder);
    TrainerConfig longer = config(2).toBuilder().schedule(cosine).build();

    assertThatThrownBy(() -> train(longer, TRAIN, true, folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training.epochs was 1 and is 2");
  }

  @Test
  void refusesToResumeWithAnotherBackend() {
    train(config(1), TRAIN, false, folder, "samediff");

    assertThatThrownBy(() -> train(config(2), TRAIN, true, folder, "native"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("backend was samediff and is native");
  }

  @Test
  void refusesToRestartWhenNoCheckpointIsIntact() throws IOException {
    train(config(1), TRAIN, false, folder);
    Files.write(new CheckpointFolder(folder).files().get(0), new byte[10]);

    assertThatThrownBy(() -> train(config(2), TRAIN, true, folder))
        .isInstanceOf(MerException.class)
        .hasMessageContaining("no checkpoint is intact")
        .hasMessageContaining("SHA-256 mismatch");
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
  void refusesAFolderThatAnotherRunIsUsing() {
    TrainingListener second =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord done) {
            assertThatThrownBy(() -> train(config(1), TRAIN, true, folder))
                .isInstanceOf(FileException.class)
                .hasMessageContaining(folder + ": is in use by another run");
          }
        };

    train(config(1), TRAIN, false, folder, second);
    train(config(2), TRAIN, true, folder);
  }

  @Test
  void refusesOtherData() {
    train(config(1), TRAIN, false, folder);

    assertThatThrownBy(() -> train(config(2), Toys.training("other", 30), true, folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("training data was 30 segments of 1 videos with SHA-256")
        .hasMessageNotContaining("validation data");
  }

  @Test
  void refusesToMixANewRunWithAnOldOne() {
    train(config(1), TRAIN, false, folder);

    assertThatThrownBy(() -> train(config(1), TRAIN, false, folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("already holds a run: resume it");
  }

  @Test
  void refusesToResumeWithoutAFolder() {
    assertThatThrownBy(() -> Trainer.builder().resume(true).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("requires the folder of its checkpoints");
  }
}
