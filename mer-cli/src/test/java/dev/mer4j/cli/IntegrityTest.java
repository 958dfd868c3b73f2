package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Problems that every output must report: no input, no checkpoint, segments seen in training. */
class IntegrityTest {
  @TempDir static Path folder;
  private static TinyRun tiny;

  @BeforeAll
  static void train() {
    tiny = TinyRun.train(folder);
  }

  @Test
  void resumingWithoutACheckpointStartsANewRunWithANote() {
    Path run = folder.resolve("fresh");
    Cli trained =
        Cli.run("train", tiny.store(), "--out", run, "--config", tiny.config(), "--resume");
    assertThat(trained.status()).isZero();
    assertThat(trained.err())
        .contains("mer: nothing to resume: no checkpoint in " + run.resolve("checkpoints"));
    assertThat(run.resolve("model/model.sha256")).isRegularFile();
  }

  @Test
  void resumingAnUnrelatedFolderIsAnError() throws IOException {
    Path other = Files.createDirectories(folder.resolve("holidays"));
    Files.writeString(other.resolve("photo.txt"), "sea");
    Cli trained =
        Cli.run("train", tiny.store(), "--out", other, "--config", tiny.config(), "--resume");
    assertThat(trained.status()).isEqualTo(1);
    assertThat(trained.err()).contains(other + ": is not the folder of a training run");
    assertThat(other).isDirectoryNotContaining("glob:**model");
  }

  @Test
  void resumingAModelWithoutCheckpointsIsAnError() throws IOException {
    Path run = folder.resolve("bare");
    Files.createDirectories(run.resolve("model"));
    Files.copy(tiny.run().resolve("config.json"), run.resolve("config.json"));
    Cli trained =
        Cli.run("train", tiny.store(), "--out", run, "--config", tiny.config(), "--resume");
    assertThat(trained.status()).isEqualTo(1);
    assertThat(trained.err()).contains(run + ": has a trained model but no checkpoint");
  }

  @Test
  void evaluatingTheTrainingSplitWarnsInEveryOutput() throws IOException {
    Cli json = Cli.run("evaluate", tiny.run(), tiny.store(), "--split", "train", "--json");
    int segments = json.json().at("/seen_segments/evaluated").asInt();
    String warning = "WARNING: of the " + segments + " evaluated segments, " + segments;
    assertThat(json.json().get("warning").asText()).startsWith(warning);
    assertThat(json.json().at("/seen_segments/trained_on").asInt()).isEqualTo(segments);
    assertThat(json.err()).contains(warning);

    Cli printed = Cli.run("evaluate", tiny.run(), tiny.store(), "--split", "train");
    assertThat(printed.out()).startsWith(warning);
    assertThat(tiny.run().resolve("report/report.html")).content().contains(warning);

    Cli compared = Cli.run("compare", tiny.run(), tiny.run(), tiny.store(), "--split", "train");
    assertThat(compared.out()).startsWith("A: " + warning);
  }

  @Test
  void evaluatingSelectionSegmentsWarnsButUnseenOnesDoNot() {
    JsonNode valid =
        Cli.run("evaluate", tiny.run(), tiny.store(), "--split", "valid", "--json").json();
    assertThat(valid.get("warning").asText()).contains("its epoch and thresholds were selected on");
    JsonNode test = Cli.run("evaluate", tiny.run(), tiny.store(), "--json").json();
    assertThat(test.has("warning")).isFalse();
    assertThat(test.at("/seen_segments/trained_on").asInt(-1)).isZero();
  }

  @Test
  void predictingAudioWithATextModelIsAnError() throws IOException {
    ObjectNode config = (ObjectNode) new ObjectMapper().readTree(tiny.config().toFile());
    Path run = folder.resolve("text");
    JsonNode inputs =
        new ObjectMapper().readTree(tiny.run().resolve("config.json").toFile()).at("/model/inputs");
    config.withObject("/model").putObject("inputs").set("text", inputs.get("text"));
    Path file = folder.resolve("text.json");
    Files.writeString(file, config.toString());
    assertThat(Cli.run("train", tiny.store(), "--out", run, "--config", file).err()).isEmpty();

    Path out = folder.resolve("audio.jsonl");
    Cli predicted = Cli.run("predict", run, tiny.store(), "--available", "audio", "--out", out);
    assertThat(predicted.status()).isEqualTo(2);
    assertThat(predicted.err()).contains("nothing to predict from: the model reads text, ");
    assertThat(out).doesNotExist();
  }
}
