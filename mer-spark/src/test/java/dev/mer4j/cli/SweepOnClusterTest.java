package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Modality;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.spark.LocalCluster;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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
    SyntheticMosei.builder()
        .videos(60)
        .seed(3)
        .durationFactor(0.1)
        .width(Modality.TEXT, 12)
        .width(Modality.AUDIO, 8)
        .width(Modality.VISUAL, 14)
        .build()
        .write(data);
    Files.writeString(
        config,
        """
        {"model": {"hidden": 24, "headHidden": 6, "fusion": {"kind": "attention", "width": 3}},
         "training": {"epochs": 60, "checkpointEvery": 1, "seed": 5,
                      "selection": {"patience": 60}}}
        """);
    assertThat(run("prepare", data, "--out", store)).isZero();
    Path sweep = folder.resolve("sweep");
    CompletableFuture<Integer> training =
        CompletableFuture.supplyAsync(
            () ->
                run(
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

    assertThat(training.get(5, TimeUnit.MINUTES)).isZero();
    Path whole = folder.resolve("whole");
    assertThat(run("train", store, "--out", whole, "--config", config)).isZero();
    assertThat(sweep.resolve("seed-5/model/model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model/model.safetensors"));
    String logs =
        Files.readString(sweep.resolve("seed-5/log.txt"))
            + Files.readString(sweep.resolve("seed-6/log.txt"));
    assertThat(logs).containsPattern("continuing after epoch [1-9]");
  }

  private static void awaitDone(CompletableFuture<Integer> training) throws Exception {
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

  private static int run(Object... arguments) {
    return Mer.commandLine()
        .execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
  }
}
