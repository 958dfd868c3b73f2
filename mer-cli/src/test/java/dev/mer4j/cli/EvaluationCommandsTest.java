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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationCommandsTest {
  @TempDir static Path folder;
  private static Path store;
  private static Path run;

  @BeforeAll
  static void train() {
    TinyRun tiny = TinyRun.train(folder);
    store = tiny.store();
    run = tiny.run();
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
  void explainedValuesSumToTheLogit() throws IOException {
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
    assertThat(printed.out()).contains(id).contains("no input").contains("surprise");
    assertThat(unknown.status()).isEqualTo(1);
    assertThat(unknown.err()).contains("has no segment nobody[0]");
  }

  @Test
  void comparesTwoRunsOnTheSameSegments() {
    JsonNode json = Cli.run("compare", run, run, store, "--json").json();
    Cli printed = Cli.run("compare", run, run, store);

    assertThat(json.at("/metrics/0/difference").asDouble()).isZero();
    assertThat(json.at("/emotions/fear/sign_flip_p_holm").asDouble()).isEqualTo(1);
    assertThat(printed.out()).contains("A against B").contains("sign-flip p (Holm)");
  }

  @Test
  void exportsTheModelsOwnTensorsAndTheirConfig() {
    Path out = folder.resolve("elsewhere/best.safetensors");

    Cli exported = Cli.run("export", run, "--to", "safetensors", "--out", out);

    assertThat(exported.err()).isEmpty();
    assertThat(out).hasSameBinaryContentAs(run.resolve(TinyRun.TENSORS));
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
      assertThat(lines).hasSize(open.allSegments().size());
      for (int s = 0; s < lines.size(); s++) {
        JsonNode line = new ObjectMapper().readTree(lines.get(s));
        assertThat(line.get("id").asText()).isEqualTo(open.allSegments().info(s).id().toString());
        assertThat(line.get("probabilities").size()).isEqualTo(Emotion.MOSEI.size());
        assertThat(line.get("predicted").isArray()).isTrue();
        assertThat(line.get("labels").isArray()).isTrue();
        assertThat(line.get("attention").size())
            .isEqualTo(open.allSegments().info(s).modalities().size());
      }
    }
  }

  @Test
  void predictRefusesModalitiesThatTheModelDoesNotRead() {
    Path out = folder.resolve("none.jsonl");

    Cli gaze = Cli.run("predict", run, store, "--available", "text,gaze", "--out", out);
    assertThat(gaze.status()).isEqualTo(2);
    assertThat(gaze.err()).contains("--available gaze: the model reads text,audio,visual");
    Cli only = Cli.run("predict", run, store, "--available", "gaze", "--out", out);
    assertThat(only.status()).isEqualTo(2);
    assertThat(only.err())
        .contains("the model reads text+audio+visual")
        .contains("only gaze is available");
    Cli malformed = Cli.run("predict", run, store, "--available", "Text", "--out", out);
    assertThat(malformed.status()).isEqualTo(2);
    assertThat(malformed.err()).contains("'Text' is not a valid modality name");
    assertThat(out).doesNotExist();
  }

  @Test
  void predictUsesOnlyAvailableModalities() throws IOException {
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
