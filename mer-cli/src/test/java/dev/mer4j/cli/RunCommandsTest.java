package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandsTest {
  private static final String TENSORS = "model/model.safetensors";

  @TempDir static Path folder;
  private static Path store;
  private static Path config;
  private static Path run;

  @BeforeAll
  static void train() {
    store = TinyData.prepare(TinyData.write(folder.resolve("data")), folder.resolve("store"));
    config = TinyData.config(folder.resolve("tiny.json"));
    run = folder.resolve("run");
    Cli trained = Cli.run("train", store, "--out", run, "--config", config);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("epoch   2/2").contains("best: epoch");
  }

  @Test
  void trainLeavesModelCheckpointsHistoryAndConfig() throws IOException {
    assertThat(run.resolve(TENSORS)).isRegularFile();
    assertThat(run.resolve("checkpoints/epoch-00002.checkpoint")).isRegularFile();
    assertThat(Files.readAllLines(run.resolve("history.csv"))).hasSize(3);
    assertThat(Files.readAllLines(run.resolve("history.jsonl"))).hasSize(2);
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

    assertThat(again.resolve(TENSORS)).hasSameBinaryContentAs(run.resolve(TENSORS));
    assertThat(again.resolve("config.json")).hasSameTextualContentAs(run.resolve("config.json"));
  }

  @Test
  void aResumedRunEndsInTheSameModel() throws IOException {
    Path resumed = folder.resolve("resumed");

    Cli.run("train", store, "--out", resumed, "--config", config, "--epochs", 1);
    Cli rest = Cli.run("train", store, "--out", resumed, "--resume", "--epochs", 2);

    assertThat(rest.err()).isEmpty();
    assertThat(rest.out()).contains("goes on after epoch 1");
    assertThat(resumed.resolve(TENSORS)).hasSameBinaryContentAs(run.resolve(TENSORS));
    assertThat(Files.readAllLines(resumed.resolve("history.csv"))).hasSize(3);
  }

  @Test
  void severalSeedsAreSeveralRunsAndOneTable() {
    Path sweep = folder.resolve("sweep");

    Cli trained =
        Cli.run(
            "train",
            store,
            "--out",
            sweep,
            "--config",
            config,
            "--seeds",
            2,
            "--processes",
            2,
            "--step-log");
    Cli again = Cli.run("train", store, "--out", sweep, "--config", config, "--seeds", 2);
    Cli other =
        Cli.run("train", store, "--out", sweep, "--config", config, "--seeds", 2, "--batch", 3);

    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("best epoch", "valid macro-F1", "mean ± std", " ± ");
    assertThat(again.out()).isEqualTo(trained.out());
    assertThat(sweep.resolve("seed-5").resolve(TENSORS))
        .hasSameBinaryContentAs(run.resolve(TENSORS));
    assertThat(sweep.resolve("seed-6/steps.jsonl")).isNotEmptyFile();
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("is of other settings");
    assertThat(Cli.run("train", store, "--out", sweep, "--seeds", 0).status()).isEqualTo(2);
  }

  @Test
  void sigtermStopsAtACheckpointAndTheRunGoesOn() throws Exception {
    Path stopped = folder.resolve("stopped");
    String[] command = {
      ProcessHandle.current().info().command().orElse("java"),
      "-cp",
      System.getProperty("java.class.path"),
      Mer.class.getName(),
      "train",
      store.toString(),
      "--out",
      stopped.toString(),
      "--config",
      config.toString(),
      "--epochs",
      "100000",
      "--step-log"
    };
    Path log = folder.resolve("stopped.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    while (process.isAlive() && !Files.exists(stopped.resolve("steps.jsonl"))) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroy();

    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(128 + 15);
    assertThat(Files.readString(log)).contains("stopped; go on with --resume");
    assertThat(stopped.resolve("model")).doesNotExist();
    int done = Files.readAllLines(stopped.resolve("history.csv")).size() - 1;
    Cli rest = Cli.run("train", store, "--out", stopped, "--resume", "--epochs", done + 1);
    assertThat(rest.err()).isEmpty();
    assertThat(rest.out()).contains("goes on after epoch " + done);
    assertThat(stopped.resolve(TENSORS)).isRegularFile();
  }

  @Test
  void anOldRunIsNotMixedWithANewOne() throws IOException {
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
    Cli engine = Cli.run("train", store, "--out", out, "--engine", "steam");

    assertThat(inFile.status()).isEqualTo(1);
    assertThat(inFile.err()).contains("range.json").contains("learning rate");
    assertThat(inOptions.status()).isEqualTo(2);
    assertThat(inOptions.err()).contains("epochs").contains("batch size");
    assertThat(engine.status()).isEqualTo(2);
    assertThat(engine.err()).contains("onednn");
  }

  @Test
  void trainTakesPresetFusionAndDropoutFromOptions() throws IOException {
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
            "--engine",
            "onednn",
            "--epochs",
            "1");

    assertThat(trained.status()).isZero();
    assertThat(trained.err()).contains("--unit video");
    JsonNode written = new ObjectMapper().readTree(out.resolve("config.json").toFile());
    assertThat(written.at("/model/fusion/kind").asText()).isEqualTo("concatenation");
    assertThat(written.at("/model/labels/task").asText()).isEqualTo("single_label");
    assertThat(written.at("/training/modalityDropout").asDouble()).isEqualTo(0.1);
  }

  @Test
  void evaluateWritesAndPrintsTheReport() {
    Cli evaluated = Cli.run("evaluate", run, store, "--missing-grid");

    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.out()).contains("macro-F1").contains("text+visual").contains("report: ");
    assertThat(run.resolve("report/report.md")).isRegularFile();
    assertThat(run.resolve("report/f1-by-emotion.png")).isRegularFile();
    assertThat(run.resolve("report/report.html")).isRegularFile();
    assertThat(run.resolve("report/predictions.jsonl")).isRegularFile();
    assertThat(evaluated.out())
        .contains("Missing input, protocol \"random-modality\"", "Uncertainty", "Calibration");
  }

  @Test
  void evaluatePrintsOneJsonDocument() {
    JsonNode json =
        Cli.run("evaluate", run, store, "--split", "valid", "--missing-grid", "--json").json();

    assertThat(json.get("name").asText()).isEqualTo("valid");
    assertThat(json.at("/missing_modalities/available").size()).isEqualTo(7);
    assertThat(json.at("/macro_f1").asDouble())
        .isEqualTo(json.at("/missing_modalities/available/text+audio+visual/macro_f1").asDouble());
  }

  @Test
  void explainsOneSegmentSoThatItAddsUp() throws IOException {
    Path lines = folder.resolve("all.jsonl");
    Cli.run("predict", run, store, "--out", lines);
    String id = new ObjectMapper().readTree(Files.readAllLines(lines).get(0)).get("id").asText();

    JsonNode json = Cli.run("explain", run, store, "--json", "--", id).json();
    Cli printed = Cli.run("explain", run, store, "--", id);
    Cli unknown = Cli.run("explain", run, store, "nobody[0]");

    assertThat(json.get("id").asText()).isEqualTo(id);
    double sum = json.at("/logits_of_nothing/sad").asDouble();
    for (JsonNode modality : json.get("shapley")) {
      sum += modality.get("sad").asDouble();
    }
    assertThat(sum).isCloseTo(json.at("/logits/sad").asDouble(), within(1e-5));
    assertThat(printed.out()).contains(id).contains("of nothing").contains("surprise");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("has no segment nobody[0]");
  }

  @Test
  void comparesTwoRunsOnTheSameSegments() {
    JsonNode json = Cli.run("compare", run, run, store, "--resamples", 100, "--json").json();
    Cli printed = Cli.run("compare", run, run, store, "--resamples", 100);
    Cli few = Cli.run("compare", run, run, store, "--resamples", 3);

    assertThat(json.at("/metrics/0/difference").asDouble()).isZero();
    assertThat(json.at("/emotions/fear/mcnemar_p_holm").asDouble()).isEqualTo(1);
    assertThat(printed.out()).contains("A against B").contains("McNemar (Holm)");
    assertThat(few.status()).isEqualTo(2);
  }

  @Test
  void exportsTheModelsOwnTensorsAndTheirConfig() {
    Path out = folder.resolve("elsewhere/best.safetensors");

    Cli exported = Cli.run("export", run, "--to", "safetensors", "--out", out);

    assertThat(exported.err()).isEmpty();
    assertThat(out).hasSameBinaryContentAs(run.resolve(TENSORS));
    assertThat(out.resolveSibling("best.json"))
        .hasSameBinaryContentAs(run.resolve("model/config.json"));
  }

  @Test
  void evaluateNamesAnEmptySplit() {
    Cli failed = Cli.run("evaluate", run, store, "--split", "none");

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("split 'none'").contains("test=");
  }

  @Test
  void predictWritesALinePerSegment() throws IOException {
    Path out = folder.resolve("all.jsonl");

    Cli predicted = Cli.run("predict", run, store, "--out", out);

    assertThat(predicted.status()).isZero();
    List<String> lines = Files.readAllLines(out);
    try (SegmentStore open = SegmentStore.open(store)) {
      assertThat(lines).hasSize(open.all().size());
      for (int s = 0; s < lines.size(); s++) {
        JsonNode line = new ObjectMapper().readTree(lines.get(s));
        assertThat(line.get("id").asText()).isEqualTo(open.all().info(s).id().toString());
        assertThat(line.get("probabilities").size()).isEqualTo(Emotion.COUNT);
        assertThat(line.get("predicted").isArray()).isTrue();
        assertThat(line.get("labels").isArray()).isTrue();
        assertThat(line.get("attention").size()).isEqualTo(open.all().info(s).modalities().size());
      }
    }
  }

  @Test
  void predictSeesOnlyWhatIsAvailable() throws IOException {
    Path out = folder.resolve("some.jsonl");

    Cli.run("predict", run, store, "--split", "test", "--available", "text,audio", "--out", out);

    List<String> lines = Files.readAllLines(out);
    try (SegmentStore open = SegmentStore.open(store)) {
      assertThat(lines).hasSize(open.split(Split.TEST).size());
    }
    for (String line : lines) {
      assertThat(new ObjectMapper().readTree(line).get("attention").has("visual")).isFalse();
      assertThat(new ObjectMapper().readTree(line).get("available").toString())
          .doesNotContain("visual");
    }
  }
}
