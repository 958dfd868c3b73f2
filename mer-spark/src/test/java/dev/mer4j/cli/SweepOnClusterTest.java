package dev.mer4j.cli;

import static dev.mer4j.cli.TinyCommands.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.cli.TinyCommands.Result;
import dev.mer4j.spark.LocalCluster;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills one of two executors in the middle of a training. */
@Tag("spark-cluster")
class SweepOnClusterTest {
  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    LocalCluster.createHome();
    LocalCluster.settings().forEach(each -> System.setProperty(each[0], each[1]));
  }

  @AfterEach
  void reset() {
    LocalCluster.settings().forEach(each -> System.clearProperty(each[0]));
  }

  @Test
  void aRetriedTrialResumesFromItsCheckpoint() throws Exception {
    Path data = folder.resolve("data");
    Path store = folder.resolve("one.store");
    Path config = folder.resolve("tiny.json");
    TinyCommands.write(data, 60);
    Files.writeString(
        config,
        """
        {"model": {"hidden": 24, "headHidden": 6, "fusion": {"kind": "attention", "width": 3}},
         "training": {"epochs": 60, "checkpointEvery": 1, "seed": 5,
                      "selection": {"patience": 60}}}
        """);
    succeed("prepare", data, "--out", store);
    Path sweep = folder.resolve("sweep");
    CompletableFuture<Result> training =
        CompletableFuture.supplyAsync(
            () ->
                succeed(
                    "train",
                    store,
                    "--out",
                    sweep,
                    "--config",
                    config,
                    "--seeds",
                    2,
                    "--spark",
                    LocalCluster.MASTER));

    while (!training.isDone() && !(hasCheckpoint(sweep, 5) && hasCheckpoint(sweep, 6))) {
      awaitDone(training);
    }
    LocalCluster.executors().get(0).destroyForcibly();

    training.get(5, TimeUnit.MINUTES);
    Path whole = folder.resolve("whole");
    succeed("train", store, "--out", whole, "--config", config);
    assertThat(sweep.resolve("seed-5/model/model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model/model.safetensors"));
    String logs =
        Files.readString(sweep.resolve("seed-5/log.txt"))
            + Files.readString(sweep.resolve("seed-6/log.txt"));
    assertThat(logs).containsPattern("continuing after epoch [1-9]");
  }

  private static void awaitDone(CompletableFuture<Result> training) throws Exception {
    try {
      training.get(5, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Still training.
    }
  }

  private static boolean hasCheckpoint(Path sweep, int seed) {
    Path folder = sweep.resolve("seed-" + seed + "/checkpoints");
    return Files.isDirectory(folder) && !new CheckpointFolder(folder).files().isEmpty();
  }
}
