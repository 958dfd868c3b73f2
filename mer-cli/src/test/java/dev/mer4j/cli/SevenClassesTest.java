package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.SegmentSetBuilder;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.attribution.Attributions;
import dev.mer4j.eval.missing.MissingGrid;
import dev.mer4j.eval.statistics.Comparison;
import dev.mer4j.eval.study.Study;
import dev.mer4j.report.ComparisonReport;
import dev.mer4j.report.PredictionsJson;
import dev.mer4j.report.ReportWriter;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seven classes, one for each segment, from text and audio, in groups that are not videos. */
final class SevenClassesTest {
  private static final int SEGMENTS = 63;
  private static final String[] SPLITS = {"train", "valid", "test"};
  private static final String[] EMOTIONS = {
    "anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise"
  };

  @TempDir Path folder;

  /** Writes utterances named by number, in dialogues of seven. */
  private Path writeUtterances() throws IOException {
    Path data = Files.createDirectory(folder.resolve("meld"));
    List<String> table = new ArrayList<>(List.of("id,dialogue,split,emotion"));
    for (int i = 0; i < SEGMENTS; i++) {
      table.add(
          String.format(
              Locale.ROOT,
              "u%d,dialogue %d,%s,%s",
              i,
              i / 7,
              SPLITS[i / 7 % 3],
              EMOTIONS[(i * 3 + i / 7) % 7]));
    }
    Files.write(data.resolve("segments.csv"), table);
    NpyFile.write(data.resolve("text.npy"), SEGMENTS, 5);
    NpyFile.write(data.resolve("audio.npy"), SEGMENTS, 4, 2);
    return data;
  }

  @Test
  void theCommandsProcessSevenClasses() throws Exception {
    Path data = writeUtterances();
    Path store = folder.resolve("meld.store");
    Path run = folder.resolve("run");
    Path config =
        TinyData.text(
            folder.resolve("single-label.json"),
            """
            {"model": {"labels": {"task": "single_label"}, "hidden": 4, "headHidden": 6},
             "training": {"checkpointEvery": 1, "seed": 5}}
            """);
    Cli.succeed(
        "prepare", data, "--label-column", "emotion", "--group", "dialogue", "--out", store);
    stopAndResume(store, run, config);
    Path other = folder.resolve("other");
    Cli.succeed("train", store, "--out", other, "--config", config, "--epochs", 1, "--seed", 6);

    Cli evaluated = Cli.succeed("evaluate", run, store, "--missing-grid");
    assertThat(evaluated.out())
        .containsIgnoringWhitespaces("jackknife over 3 groups. With fewer than 20 groups")
        .contains("Protocol \"fixed\"")
        .contains(EMOTIONS)
        .doesNotContain("visual", "video");
    Path report = run.resolve("report");
    String page = Files.readString(report.resolve("report.html"));
    assertThat(page).contains("21 segments of 3 groups.").contains(EMOTIONS);
    assertThat(segments(page).at("/modalities"))
        .map(JsonNode::asText)
        .containsExactly("text", "audio");
    assertThat(report.resolve("confusion-matrix.png")).isNotEmptyFile();

    Cli compared = Cli.succeed("compare", run, other, store);
    assertThat(compared.out())
        .containsIgnoringWhitespaces("jackknife over groups", "sign-flip test on groups");
    JsonNode explained = Cli.succeed("explain", run, store, "u14[0]", "--json").json();
    assertThat(explained.at("/shapley/audio").size()).isEqualTo(7);
    assertThat(Cli.succeed("show", data, "u14[0]", "--label-column", "emotion").out())
        .contains("text", "audio")
        .doesNotContain("visual", "NaN s");

    Path tensors = folder.resolve("exported.safetensors");
    Cli.succeed("export", run, "--to", "safetensors", "--out", tensors);
    assertThat(tensors).isNotEmptyFile();
    Path stored = folder.resolve("stored.jsonl");
    Path raw = folder.resolve("raw.jsonl");
    Cli.succeed("predict", run, store, "--split", "test", "--out", stored);
    Cli.succeed("predict", run, data, "--split", "test", "--out", raw);
    assertThat(Files.readAllLines(stored)).hasSize(21);
    assertThat(raw).hasBinaryContent(Files.readAllBytes(stored));
  }

  private static JsonNode segments(String page) throws IOException {
    String start = "id=\"segments\">";
    int from = page.indexOf(start) + start.length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  private void stopAndResume(Path store, Path run, Path config) throws Exception {
    Path log = folder.resolve("log.txt");
    Object[] train = {"train", store, "--out", run, "--config", config, "--epochs", 100_000};
    Process process = Cli.start(log, train);
    Path history = run.resolve("history.csv");
    while (process.isAlive()
        && !(Files.exists(history) && Files.readAllLines(history).size() > 1)) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(log)).contains("stopped; continue with --resume");
    int done = Files.readAllLines(history).size() - 1;
    Cli rest = Cli.succeed("train", store, "--out", run, "--resume", "--epochs", done + 1);
    assertThat(rest.out()).contains("continuing after epoch " + done, "thresholds fitted");
  }

  @Test
  void theLibraryProcessesSevenClasses() throws IOException {
    TrainingSplit training = TrainingSplit.of(utterances("train", 42));
    ValidationSplit validation = ValidationSplit.of(utterances("valid", 21));
    SegmentSet test = utterances("test", 21);
    try (MultimodalModel model = model(training.labels(), 1);
        MultimodalModel other = model(training.labels(), 2)) {
      TrainerConfig config = TrainerConfig.builder().epochs(2).seed(5).build();
      TrainingRun run = Trainer.builder().config(config).build().fit(model, training, validation);
      Path saved = folder.resolve("model");
      model.save(saved, run.provenance());

      Study study =
          Study.builder("test", model, test)
              .training(utterances("train", 42))
              .validation(validation)
              .missing(new MissingGrid(0, List.of(0.0, 0.3), List.of(0.0, 0.5)), (d, t) -> {})
              .run();
      ReportWriter.write(folder.resolve("report"), study);
      Predictions predictions = model.predict(test);
      Comparison comparison = Comparison.of(predictions, other.predict(test));

      assertThat(folder.resolve("report/report.html"))
          .content()
          .contains("21 segments of 3 groups.");
      assertThat(ComparisonReport.of(comparison).toText()).contains("21 segments of 3 groups");
      assertThat(Attributions.of(model, model.encode(test)).rows()).hasSize(21);
      assertThat(PredictionsJson.lines(predictions).lines()).hasSize(21);
      try (MultimodalModel loaded = MultimodalModel.load(saved)) {
        Prediction one = loaded.predict(Map.of(Modality.AUDIO, new float[][] {{1, 2}}));
        assertThat(one.probabilities()).hasSize(7);
        assertThat(PredictionsJson.lines(loaded.predict(test)))
            .isEqualTo(PredictionsJson.lines(predictions));
      }
    }
  }

  private static MultimodalModel model(List<Emotion> labels, long seed) {
    return MultimodalModel.builder()
        .input(Modality.TEXT, 5)
        .input(Modality.AUDIO, 2)
        .hidden(4)
        .headHidden(6)
        .fusion(Fusion.attention())
        .labels(LabelSet.singleLabel(labels, TieRule.LEAVE_OUT))
        .seed(seed)
        .build();
  }

  private static SegmentSet utterances(String name, int count) {
    SegmentSetBuilder builder =
        SegmentSet.builder()
            .modality(Modality.TEXT, 5)
            .modality(Modality.AUDIO, 2)
            .labels(EMOTIONS);
    for (int i = 0; i < count; i++) {
      SeedStream draws = new Seeds(3).stream(name).at(i);
      builder.add(
          name + i,
          name + " dialogue " + i / 7,
          Map.of(Modality.TEXT, rows(1, 5, draws), Modality.AUDIO, rows(4, 2, draws)),
          EMOTIONS[i % 7]);
    }
    return builder.build();
  }

  private static float[][] rows(int steps, int width, SeedStream draws) {
    float[][] rows = new float[steps][width];
    for (float[] row : rows) {
      for (int d = 0; d < width; d++) {
        row[d] = (float) draws.nextGaussian();
      }
    }
    return rows;
  }
}
