package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir static Path folder;
  private static Path store;
  private static Path config;
  private static Path run;

  @BeforeAll
  static void train() {
    TinyRun tiny = TinyRun.train(folder);
    store = tiny.store();
    config = tiny.config();
    run = tiny.run();
  }

  @Test
  void trainWritesModelCheckpointsHistoryAndConfig() throws IOException {
    assertThat(run.resolve(TinyRun.TENSORS)).isRegularFile();
    assertThat(run.resolve("checkpoints/epoch-00002.checkpoint")).isRegularFile();
    assertThat(Files.readAllLines(run.resolve("history.csv"))).hasSize(3);
    assertThat(Files.readAllLines(run.resolve("history.jsonl"))).hasSize(2);
    assertThat(run.resolve("training-loss.png")).isNotEmptyFile();
    assertThat(run.resolve("validation-macro-f1.png")).isNotEmptyFile();
    JsonNode written = new ObjectMapper().readTree(run.resolve("config.json").toFile());
    assertThat(written.at("/training/seed").asLong()).isEqualTo(5);
    assertThat(written.at("/model/hidden").asInt()).isEqualTo(4);
  }

  @Test
  void theWrittenConfigRepeatsTheRun() throws IOException {
    Path again = folder.resolve("again");

    assertThat(
            Cli.run("train", store, "--out", again, "--config", run.resolve("config.json"))
                .status())
        .isZero();

    assertThat(again.resolve(TinyRun.TENSORS)).hasSameBinaryContentAs(run.resolve(TinyRun.TENSORS));
    assertThat(again.resolve("config.json")).hasSameTextualContentAs(run.resolve("config.json"));
  }

  @Test
  void aResumedRunEndsInTheSameModel() throws IOException {
    Path resumed = folder.resolve("resumed");

    Cli.run("train", store, "--out", resumed, "--config", config, "--epochs", 1);
    Cli rest = Cli.run("train", store, "--out", resumed, "--resume", "--epochs", 2);

    assertThat(rest.err()).isEmpty();
    assertThat(rest.out()).contains("continuing after epoch 1");
    assertThat(resumed.resolve(TinyRun.TENSORS))
        .hasSameBinaryContentAs(run.resolve(TinyRun.TENSORS));
    assertThat(Files.readAllLines(resumed.resolve("history.csv"))).hasSize(3);
  }

  @Test
  void sigtermSavesACheckpointAndTheRunCanBeResumed() throws Exception {
    Path stopped = folder.resolve("stopped");
    Path log = folder.resolve("stopped.txt");
    Process process =
        Cli.start(
            log,
            "train",
            store,
            "--out",
            stopped,
            "--config",
            config,
            "--epochs",
            100_000,
            "--step-log");
    Path history = stopped.resolve("history.csv");
    while (process.isAlive()
        && !(Files.exists(history) && Files.readAllLines(history).size() > 1)) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroy();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(128 + 15);
    assertThat(Files.readString(log)).contains("stopped; continue with --resume");
    assertThat(stopped.resolve("model")).doesNotExist();
    int done = Files.readAllLines(history).size() - 1;
    Cli rest = Cli.run("train", store, "--out", stopped, "--resume", "--epochs", done + 1);
    assertThat(rest.err()).isEmpty();
    assertThat(rest.out()).contains("continuing after epoch " + done);
    assertThat(stopped.resolve(TinyRun.TENSORS)).isRegularFile();
  }

  @Test
  void anExistingRunIsNotOverwritten() throws IOException {
    String before = Files.readString(run.resolve("config.json"));

    Cli failed = Cli.run("train", store, "--out", run, "--config", config, "--seed", 6);
    Cli other = Cli.run("train", store, "--out", run, "--resume", "--batch", 3);

    assertThat(List.of(failed.status(), other.status())).containsOnly(1);
    assertThat(failed.err()).contains("resume it, delete it, or use another folder");
    assertThat(other.err()).contains("batchSize");
    assertThat(run.resolve("config.json")).hasContent(before);
  }

  @Test
  void unknownSettingsAreRefusedByName() {
    Path wrong =
        TinyData.text(
            folder.resolve("wrong.json"), "{\"training\": {\"epoch\": 3}, \"modell\": {}}");

    Cli failed = Cli.run("train", store, "--out", folder.resolve("no"), "--config", wrong);

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err())
        .contains("training.epoch (did you mean training.epochs?)")
        .contains("modell (did you mean model?)");
    assertThat(folder.resolve("no")).doesNotExist();
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    Path wrong =
        TinyData.text(folder.resolve("range.json"), "{\"training\": {\"learningRate\": -1}}");
    Path out = folder.resolve("no");

    Cli inFile = Cli.run("train", store, "--out", out, "--config", wrong);
    Cli inOptions = Cli.run("train", store, "--out", out, "--epochs", 0, "--batch", 0);
    Cli backend = Cli.run("train", store, "--out", out, "--backend", "steam");

    assertThat(inFile.status()).isEqualTo(1);
    assertThat(inFile.err()).contains("range.json").contains("learning rate");
    assertThat(inOptions.status()).isEqualTo(2);
    assertThat(inOptions.err()).contains("epochs").contains("batch size");
    assertThat(backend.status()).isEqualTo(2);
    assertThat(backend.err()).contains("onednn");
  }

  @Test
  void optionsSetPresetFusionAndDropout() throws IOException {
    Path out = folder.resolve("optioned");

    Cli trained =
        Cli.run(
            "train",
            store,
            "--out",
            out,
            "--preset",
            "paper",
            "--config",
            config,
            "--fusion",
            "concat",
            "--modality-dropout",
            "0.1",
            "--ties",
            "leave-out",
            "--backend",
            "onednn",
            "--epochs",
            "1");

    assertThat(trained.status()).isZero();
    assertThat(trained.err()).contains("--unit video");
    assertThat(trained.out())
        .contains("training labels, one emotion each, ties leave-out: ")
        .contains("validation labels, one emotion each, ties leave-out: ");
    JsonNode written = new ObjectMapper().readTree(out.resolve("config.json").toFile());
    assertThat(written.at("/model/fusion/kind").asText()).isEqualTo("concatenation");
    assertThat(written.at("/model/labels/task").asText()).isEqualTo("single_label");
    assertThat(written.at("/model/labels/ties").asText()).isEqualTo("leave_out");
    assertThat(written.at("/training/modalityDropout").asDouble()).isEqualTo(0.1);
  }
}
