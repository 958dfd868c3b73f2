package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command on models with the seventh class of {@code --ties none-class}. */
class NoneClassTest {
  @TempDir static Path folder;
  private static Path store;
  private static Path run;
  private static Cli trained;

  @BeforeAll
  static void train() {
    store = TinyData.prepare(TinyData.write(folder.resolve("data")), folder.resolve("store"));
    run = folder.resolve("run");
    Path config = TinyData.config(folder.resolve("tiny.json"));
    trained =
        Cli.run(
            "train",
            store,
            "--out",
            run,
            "--preset",
            "paper",
            "--config",
            config,
            "--ties",
            "none-class");
  }

  @Test
  void trainCountsItsSegments() throws IOException {
    assertThat(trained.status()).isZero();
    assertThat(trained.out())
        .containsPattern(
            "training labels, one emotion each, ties none-class: of \\d+ segments, [1-9]\\d* that"
                + " show no emotion have the class none")
        .contains("best: epoch");
    JsonNode written = new ObjectMapper().readTree(run.resolve("config.json").toFile());
    assertThat(written.at("/model/labels/ties").asText()).isEqualTo("none_class");
  }

  @Test
  void evaluateReportsNone() throws IOException {
    Cli evaluated = Cli.run("evaluate", run, store, "--missing-grid");

    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.out()).contains("those without any emotion as class none");
    Path report = run.resolve("report");
    JsonNode metrics = new ObjectMapper().readTree(report.resolve("metrics.json").toFile());
    JsonNode none = metrics.at("/single_label/emotions/none");
    assertThat(none.get("support").intValue()).isPositive();
    assertThat(metrics.at("/single_label/confusion_by_truth/none")).hasSize(7);
    assertThat(metrics.at("/attribution/emotions/none/text").isObject()).isTrue();
    assertThat(Files.readString(report.resolve("report.md"))).containsPattern("\\| none +\\|");
    assertThat(Files.readString(report.resolve("report.html"))).contains("annotated: none");
  }

  @Test
  void predictReturnsSevenProbabilitiesThatSumToOne() throws IOException {
    Path out = folder.resolve("all.jsonl");

    Cli predicted = Cli.run("predict", run, store, "--out", out);

    assertThat(predicted.status()).isZero();
    boolean labeled = false;
    for (String text : Files.readAllLines(out)) {
      JsonNode line = new ObjectMapper().readTree(text);
      assertThat(line.get("probabilities")).hasSize(7);
      double sum = 0;
      for (JsonNode probability : line.get("probabilities")) {
        sum += probability.doubleValue();
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
      assertThat(line.get("predicted")).hasSize(1);
      labeled |= line.get("labels").toString().equals("[\"none\"]");
    }
    assertThat(labeled).isTrue();
  }

  @Test
  void explainedValuesOfNoneSumToItsLogit() throws IOException {
    Path out = folder.resolve("explained.jsonl");
    Cli.run("predict", run, store, "--out", out);
    String id = new ObjectMapper().readTree(Files.readAllLines(out).get(0)).get("id").asText();

    JsonNode json = Cli.run("explain", run, store, "--json", "--", id).json();
    Cli printed = Cli.run("explain", run, store, "--", id);

    double sum = json.at("/logits_of_nothing/none").asDouble();
    for (JsonNode modality : json.get("shapley")) {
      sum += modality.get("none").asDouble();
    }
    assertThat(sum).isCloseTo(json.at("/logits/none").asDouble(), within(1e-5));
    assertThat(printed.out()).containsPattern("none +0\\.\\d{3} +(yes|no) +(yes|no)");
  }

  @Test
  void compareAcceptsTwoSuchRuns() {
    JsonNode json = Cli.run("compare", run, run, store, "--json").json();

    assertThat(json.at("/metrics/0/difference").asDouble()).isZero();
  }
}
