package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import dev.mer4j.train.history.EpochRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a training run. */
class TrainerFilesTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 40);
  private static final ValidationSplit VALID = Toys.validation("valid", 20);

  @Test
  void keepsTheConfiguredNumberOfCheckpoints(@TempDir Path folder) {
    TrainerConfig config = config().epochs(4).checkpointEvery(1).checkpointsKept(2).build();
    try (MultimodalModel model = Toys.model()) {
      Trainer.builder().config(config).checkpoints(folder).build().fit(model, TRAIN, VALID);
    }

    assertThat(new CheckpointFolder(folder).files())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("epoch-00004.checkpoint", "epoch-00003.checkpoint");
  }

  @Test
  void keepsAHistoryFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("run/history.csv");
    try (MultimodalModel model = Toys.model()) {
      TrainingRun run =
          Trainer.builder()
              .config(config().epochs(2).build())
              .listener(HistoryFile.csv(file))
              .build()
              .fit(model, TRAIN, VALID);

      List<String> lines = Files.readAllLines(file);
      assertThat(lines).hasSize(3);
      EpochRecord second = run.history().epochs().get(1);
      assertThat(lines.get(2))
          .startsWith(String.format(Locale.ROOT, "2,%s,0,%s,", second.steps(), second.loss()));
    }
  }

  private static TrainerConfig.Builder config() {
    return TrainerConfig.builder().batchSize(8).learningRate(0.02);
  }
}
