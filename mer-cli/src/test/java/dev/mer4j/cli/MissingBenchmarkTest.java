package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.store.SegmentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingBenchmarkTest {
  private static final String CONDITIONS =
      "fixed,random-modality:0.5,imbalanced,frame:0.5,block:0.5,gaussian:1,shift:0.25,swap:0.5";

  @TempDir static Path folder;
  private static Path store;
  private static Path run;
  private static Path masks;
  private static Path predictions;
  private static JsonNode result;

  @BeforeAll
  static void runTheBenchmark() throws IOException {
    TinyRun tiny = TinyRun.train(folder);
    store = tiny.store();
    run = tiny.run();
    masks = folder.resolve("masks.jsonl");
    predictions = folder.resolve("predictions.csv");
    Path out = folder.resolve("result.json");
    Cli done =
        Cli.run(
            "missing-benchmark",
            run,
            store,
            "--conditions",
            CONDITIONS,
            "--predictions",
            predictions,
            "--out",
            out);
    assertThat(done.err()).isEmpty();
    assertThat(done.out())
        .contains("Missing-modality benchmark: run", "fixed:text+audio", "Modality balance");
    result = new ObjectMapper().readTree(out.toFile());
    Cli written = Cli.run("missing-masks", store, "--conditions", CONDITIONS, "--out", masks);
    assertThat(written.err()).isEmpty();
  }

  private static JsonNode withoutName(JsonNode json) {
    return ((ObjectNode) json.deepCopy()).without("system");
  }

  @Test
  void exportedPredictionsScoreAsTheModelDoes() {
    Cli scored = Cli.run("missing-score", store, predictions, "--masks", masks, "--json");

    assertThat(scored.err()).isEmpty();
    assertThat(withoutName(scored.json())).isEqualTo(withoutName(result));
  }

  @Test
  void logOfStepsAddsTheBalanceOfTheGradients() throws IOException {
    Path steps =
        Files.writeString(
            run.resolve("steps.jsonl"),
            """
            {"epoch":1,"step":1,"learningRate":1,"encoderGradientNorms":{"text":0.1,"audio":0.5,"visual":1.4}}
            """);
    try {
      Cli done = Cli.run("missing-benchmark", run, store, "--conditions", "swap:0.5");
      Cli json = Cli.run("missing-benchmark", run, store, "--conditions", "swap:0.5", "--json");

      assertThat(done.out()).contains("Gradient balance: 0.679", "text 0.100", "audio 0.500");
      assertThat(json.json().at("/gradient_balance/norms/audio").asDouble()).isEqualTo(0.5);
    } finally {
      Files.delete(steps);
    }
  }

  @Test
  void thresholdsFittedOnValidationPredictionsAreTheModels() throws IOException {
    Path validation = folder.resolve("validation.csv");
    Cli.run(
        "missing-benchmark",
        run,
        store,
        "--split",
        "valid",
        "--conditions",
        "fixed",
        "--predictions",
        validation);
    Path probabilities = withoutDecisions(predictions, "probabilities.csv");
    Path fit = withoutDecisions(validation, "fit.csv");

    Cli scored =
        Cli.run(
            "missing-score", store, probabilities, "--masks", masks, "--validation", fit, "--json");

    assertThat(scored.err()).isEmpty();
    assertThat(withoutName(scored.json())).isEqualTo(withoutName(result));
  }

  private static Path withoutDecisions(Path csv, String name) throws IOException {
    String text =
        Files.readAllLines(csv).stream()
            .map(line -> String.join(",", List.of(line.split(",")).subList(0, 8)))
            .collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aTableOfSegmentsGivesTheMasksAndScoresOfTheStore() throws IOException {
    Path table = folder.resolve("segments.csv");
    try (SegmentStore open = SegmentStore.open(store)) {
      Files.writeString(table, table(open));
    }
    Path others = folder.resolve("table-masks.jsonl");
    Cli.run("missing-masks", table, "--conditions", CONDITIONS, "--out", others);

    assertThat(others).hasSameBinaryContentAs(masks);
    Cli scored = Cli.run("missing-score", table, predictions, "--masks", others, "--json");
    assertThat(scored.err()).isEmpty();
    assertThat(withoutName(scored.json())).isEqualTo(withoutName(result));
  }

  private static String table(SegmentStore store) {
    StringBuilder text = new StringBuilder("id,split");
    List<String> modalities = List.of("text", "audio", "visual");
    modalities.forEach(each -> text.append(",steps.").append(each));
    Emotion.MOSEI.forEach(each -> text.append(",label.").append(each.key()));
    text.append('\n');
    for (Split split : Split.values()) {
      SegmentSet segments = store.split(split);
      for (int s = 0; s < segments.size(); s++) {
        SegmentInfo info = segments.info(s);
        text.append(info.id()).append(',').append(split.key());
        Modality.MOSEI.forEach(
            each ->
                text.append(',').append(info.modalities().contains(each) ? info.steps(each) : ""));
        Emotion.MOSEI.forEach(each -> text.append(',').append(info.scores().of(each)));
        text.append('\n');
      }
    }
    return text.toString();
  }

  @Test
  void theGridOfEvaluateGivesTheSameMacroF1() {
    JsonNode grid =
        Cli.run("evaluate", run, store, "--missing-grid", "--json")
            .json()
            .at("/missing_modalities/available");

    grid.properties()
        .forEach(
            each -> {
              String name =
                  each.getKey().equals("text+audio+visual") ? "full" : "fixed:" + each.getKey();
              assertThat(result.get("conditions").get(name).at("/macro_f1/estimate"))
                  .isEqualTo(each.getValue().get("macro_f1"));
            });
    assertThat(grid.size()).isEqualTo(7);
  }

  @Test
  void outputsNeverReplaceInputs() {
    Cli masksOverStore = Cli.run("missing-masks", store, "--out", store, "--overwrite");
    Cli resultOverMasks =
        Cli.run(
            "missing-score", store, predictions, "--masks", masks, "--out", masks, "--overwrite");
    Cli again = Cli.run("missing-masks", store, "--conditions", CONDITIONS, "--out", masks);

    assertThat(masksOverStore.status()).isEqualTo(1);
    assertThat(masksOverStore.err()).contains("would replace the input");
    assertThat(resultOverMasks.err()).contains("would replace the input");
    assertThat(again.err()).isEmpty();
  }

  @Test
  void faultsAreReportedInOneLine() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.csv"), "condition,id,happy\nfull,x[0],1\n");

    Cli columns = Cli.run("missing-score", store, bad, "--masks", masks);
    Cli noMasks = Cli.run("missing-score", store, predictions, "--masks", predictions);
    Cli protocol =
        Cli.run("missing-masks", store, "--conditions", "frames", "--out", folder.resolve("none"));

    assertThat(columns.status()).isEqualTo(1);
    assertThat(columns.err()).startsWith("mer: " + bad + ": has no column sad").hasLineCount(1);
    assertThat(noMasks.err()).contains("line 1: is not the first line of a masks file");
    assertThat(protocol.status()).isEqualTo(2);
    assertThat(protocol.err()).contains("unknown protocol 'frames'");
  }
}
