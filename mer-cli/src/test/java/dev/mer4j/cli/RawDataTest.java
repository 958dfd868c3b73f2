package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions and explanations of data that is not in a store. */
final class RawDataTest {
  @TempDir static Path shared;
  private static Path study;
  private static Path store;
  private static Path run;

  @TempDir Path folder;

  @BeforeAll
  static void train() throws IOException {
    StudyRun trained = StudyRun.train(shared);
    study = trained.study();
    store = trained.store();
    run = trained.run();
  }

  @Test
  void rawDataIsPredictedAsItsStore() throws IOException {
    Path expected = folder.resolve("store.jsonl");
    Path found = folder.resolve("raw.jsonl");
    Cli.succeed("predict", run, store, "--out", expected);

    Cli raw = Cli.succeed("predict", run, study, "--out", found);

    assertThat(raw.err()).isEmpty();
    assertThat(found).hasBinaryContent(Files.readAllBytes(expected));
    assertThat(Files.readString(found)).contains("\"labels\":[\"calm\"]", "\"gaze\"");
  }

  @Test
  void aSplitOfRawDataIsPredicted() throws IOException {
    Path expected = folder.resolve("store.jsonl");
    Path found = folder.resolve("raw.jsonl");
    Cli.succeed("predict", run, store, "--split", "test", "--available", "gaze", "--out", expected);
    Cli.succeed("predict", run, study, "--split", "test", "--available", "gaze", "--out", found);

    assertThat(found).hasBinaryContent(Files.readAllBytes(expected));
    assertThat(Files.readAllLines(found)).hasSize(8);
  }

  @Test
  void dataWithOtherLabelsThanTheRecordedOnesIsPredicted() throws IOException {
    Map<String, Path> files = YourDataFiles.write(Files.createDirectory(folder.resolve("files")));
    Path mmsa = files.get("aligned_50.pkl");
    Path prepared = folder.resolve("polarity.store");
    Path trained = folder.resolve("polarity-run");
    Cli.succeed("prepare", mmsa, "--label-column", "negative,neutral,positive", "--out", prepared);
    Path config = TinyData.config(folder.resolve("tiny.json"));
    Cli.succeed("train", prepared, "--out", trained, "--config", config);
    Path out = folder.resolve("predictions.csv");

    Cli predicted =
        Cli.succeed("predict", trained, mmsa.resolveSibling("multibench.pkl"), "--out", out);

    assertThat(predicted.err()).contains("the data has other labels than that of the model");
    assertThat(Files.readAllLines(out).get(0)).startsWith("id,available,negative,neutral,positive");
    assertThat(Files.readAllLines(out).get(1)).containsPattern(",[01],[01],[01],,,,0[.]");
  }

  @Test
  void tablesOfPredictionsAreTheSameFromRawDataAndFromItsStore() throws IOException {
    Path expected = folder.resolve("store.csv");
    Path found = folder.resolve("raw.csv");
    Cli.succeed("predict", run, store, "--out", expected);
    Cli.succeed("predict", run, study, "--out", found);

    assertThat(found).hasBinaryContent(Files.readAllBytes(expected));
    assertThat(Files.readAllLines(found).get(0))
        .startsWith("id,available,calm,tense,predicted_calm");
    Path foreign = TinyData.text(folder.resolve("foreign.csv"), "id,note\n1,mine\n");
    assertThat(Cli.run("predict", run, store, "--out", foreign).err()).contains("--overwrite");
    assertThat(foreign).hasContent("id,note\n1,mine");
  }

  @Test
  void wholeVideosOfSequencesArePredictedAsTheirStore() throws IOException {
    Path data = TinyData.write(folder.resolve("data"));
    Path prepared = folder.resolve("videos.store");
    Path trained = folder.resolve("videos-run");
    Object[] options = {
      "prepare",
      data,
      "--unit",
      "video",
      "--steps",
      7,
      "--truncate",
      "tail",
      "--incomplete",
      "drop-video",
      "--out",
      prepared
    };
    Cli.succeed(options);
    Path config = TinyData.config(folder.resolve("tiny.json"));
    Cli.succeed("train", prepared, "--out", trained, "--config", config);
    Path expected = folder.resolve("store.jsonl");
    Path found = folder.resolve("raw.jsonl");
    Cli.succeed("predict", trained, prepared, "--out", expected);

    assertThat(Cli.succeed("predict", trained, data, "--out", found).err()).isEmpty();

    assertThat(found).hasBinaryContent(Files.readAllBytes(expected));
  }

  @Test
  void rawDataIsExplainedAsItsStore() {
    Cli expected = Cli.succeed("explain", run, store, "s5[0]", "--json");

    Cli raw = Cli.succeed("explain", run, study, "s5[0]", "--json");

    assertThat(raw.err()).isEmpty();
    assertThat(raw.out()).isEqualTo(expected.out());
  }

  @Test
  void segmentsWithoutTimesHaveATimelineWithoutSeconds() {
    for (Path data : List.of(store, study)) {
      Cli json = Cli.succeed("explain", run, data, "s5[0]", "--timeline", "--json");
      assertThat(json.json().at("/timeline/start").isNull()).isTrue();
      assertThat(json.json().at("/timeline/added/gaze/calm")).hasSize(20);
    }
    Path picture = folder.resolve("timeline.png");
    Cli printed = Cli.succeed("explain", run, study, "s5[0]", "--timeline", "--picture", picture);
    assertThat(printed.out()).containsPattern("calm +(gaze|pulse) +[0-9]+ +- +- +");
    assertThat(picture).isNotEmptyFile();
  }

  @Test
  void differentOptionsAreReported() throws IOException {
    Path expected = folder.resolve("store.jsonl");
    Path found = folder.resolve("raw.jsonl");
    Cli.succeed("predict", run, store, "--out", expected);

    Cli raw =
        Cli.succeed(
            "predict",
            run,
            study,
            "--steps",
            9,
            "--no-trim-zero-rows",
            "--positive",
            "> 0",
            "--out",
            found);

    assertThat(raw.err())
        .contains("--steps is 9, not 4")
        .contains("--trim-zero-rows is false, not true")
        .contains("--positive is > 0.0, not >= 2.0");
    assertThat(Files.readString(found)).isNotEqualTo(Files.readString(expected));
  }

  @Test
  void aRunOfAnEarlierVersionHasDefaults() throws IOException {
    Path old = folder.resolve("old");
    copyModel(old);

    Cli raw =
        Cli.succeed(
            "predict",
            old,
            study,
            "--modality",
            "gaze=" + study.resolve("arrays/gaze.npy"),
            "--out",
            folder.resolve("x.jsonl"));

    assertThat(raw.err())
        .contains("data.json does not exist, because an earlier version trained the model")
        .contains("no segment has pulse, which the model reads");
  }

  @Test
  void aStoreWithoutItsOptionsGivesThoseThatItContains() throws IOException {
    Path copy = Files.copy(store, folder.resolve("copy.store"));
    Path config = TinyData.config(folder.resolve("tiny.json"));
    Path other = folder.resolve("run");
    Cli.succeed("train", copy, "--out", other, "--config", config, "--epochs", 1);

    Cli raw =
        Cli.succeed(
            "predict",
            other,
            study,
            "--modality",
            "gaze=" + study.resolve("arrays/gaze.npy"),
            "--steps",
            5,
            "--out",
            folder.resolve("x.jsonl"));

    assertThat(raw.err()).contains("has no options of files").contains("--steps is 5, not 4");
  }

  @Test
  void dataWithoutLabelsIsPredicted() throws IOException {
    Path unlabeled = Files.createDirectories(folder.resolve("new/arrays")).getParent();
    Files.writeString(unlabeled.resolve("segments.csv"), "id\na\nb\n");
    NpyFile.write(unlabeled.resolve("arrays/gaze.npy"), 2, 9, 3);
    Path found = folder.resolve("x.jsonl");

    Cli raw = Cli.succeed("predict", run, unlabeled, "--out", found);

    assertThat(raw.err())
        .contains(
            "segments.csv has not all of the columns [calm, tense]: its segments have no labels")
        .contains("no segment has pulse");
    assertThat(Files.readAllLines(found)).hasSize(2).allMatch(l -> l.contains("\"labels\":null"));
  }

  @Test
  void modalitiesThatTheModelDoesNotReadAreNamed() throws IOException {
    Path data = TinyData.write(folder.resolve("mosei"));
    Path mosei = TinyData.prepare(data, folder.resolve("mosei.store"));
    Path half = folder.resolve("half");
    Path config =
        TinyData.text(
            folder.resolve("half.json"),
            """
            {"model": {"inputs": {"text": 12, "audio": 8}, "hidden": 4, "headHidden": 6,
                       "fusion": {"kind": "attention", "width": 3}}, "training": {"epochs": 1}}
            """);
    Cli.succeed("train", mosei, "--out", half, "--config", config);

    Cli stored = Cli.succeed("predict", half, mosei, "--out", folder.resolve("a.jsonl"));
    Cli raw = Cli.succeed("predict", half, data, "--out", folder.resolve("b.jsonl"));
    Cli evaluated = Cli.succeed("evaluate", half, mosei);

    for (Cli each : List.of(stored, raw, evaluated)) {
      assertThat(each.err())
          .containsPattern("does not read visual: it is ignored in \\d+ segments");
    }
  }

  private static void copyModel(Path target) throws IOException {
    Files.createDirectories(target.resolve("model"));
    try (var files = Files.list(run.resolve("model"))) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve("model").resolve(file.getFileName()));
      }
    }
  }
}
