package dev.mer4j.cli;

import static dev.mer4j.cli.TinyCommands.run;
import static dev.mer4j.cli.TinyCommands.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.cli.TinyCommands.Result;
import dev.mer4j.data.Modality;
import dev.mer4j.data.store.SegmentStore;
import dev.mer4j.data.store.StoreInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with the option --spark, compared with the same commands in one process. */
class SparkCommandsTest {
  private static final String MASTER = "local[2]";

  @TempDir static Path folder;
  private static Path data;
  private static Path store;
  private static Path config;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    data = folder.resolve("data");
    store = folder.resolve("one.store");
    config = folder.resolve("tiny.json");
    run = folder.resolve("run");
    TinyCommands.write(data, 20);
    Files.writeString(
        config,
        """
        {"model": {"hidden": 4, "headHidden": 6, "fusion": {"kind": "attention", "width": 3}},
         "training": {"epochs": 2, "checkpointEvery": 1, "seed": 5}}
        """);
    succeed("prepare", data, "--out", store);
    succeed("train", store, "--out", run, "--config", config);
    succeed("predict", run, store, "--out", folder.resolve("predicted.jsonl"));
  }

  private static String parts(Path output) throws IOException {
    try (Stream<Path> files = Files.list(output)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(each -> each.toString().endsWith(".txt")).sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }

  @Test
  void scoreWritesTheLinesOfPredict() throws IOException {
    String expected = Files.readString(folder.resolve("predicted.jsonl"));
    Path fromStore = folder.resolve("from-store");
    Path fromFiles = folder.resolve("from-files");
    Path columns = folder.resolve("columns.parquet");
    Path fromColumns = folder.resolve("from-columns");

    Result scored = succeed("score", run, store, "--out", fromStore, "--spark", MASTER);
    succeed("score", run, data, "--out", fromFiles, "--spark", MASTER);
    succeed("prepare", data, "--out", columns, "--spark", MASTER);
    succeed("score", run, columns, "--out", fromColumns, "--spark", MASTER);

    assertThat(scored.err()).isEmpty();
    assertThat(scored.out()).contains(expected.lines().count() + " segments scored");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".mer4j"));
    }
    assertThat(parts(fromStore)).isEqualTo(expected);
    assertThat(parts(fromFiles)).isEqualTo(expected);
    // Spark reads large files first.
    assertThat(parts(fromColumns).lines().sorted())
        .containsExactlyElementsOf(expected.lines().sorted().toList());
  }

  @Test
  void scorePrintsTheNotesOfPredict() {
    Path lines = folder.resolve("notes.jsonl");
    Path output = folder.resolve("notes");
    Path bare = folder.resolve("text.run");
    Path textOnly = folder.resolve("text.store");
    Path columns = folder.resolve("notes.parquet");
    Path gazeless = folder.resolve("audio-visual.store");
    succeed("prepare", data, "--out", textOnly, "--modalities", "text");
    succeed("prepare", data, "--out", gazeless, "--modalities", "audio,visual");
    succeed("prepare", data, "--out", columns, "--spark", MASTER);
    succeed("train", textOnly, "--out", bare, "--config", config);

    Result predicted = succeed("predict", bare, store, "--out", lines);
    Result scored = succeed("score", bare, store, "--out", output, "--spark", MASTER);
    Result scoredColumns = succeed("score", bare, columns, "--out", output, "--spark", MASTER);
    Result predictedRaw = succeed("predict", bare, data, "--out", lines, "--steps", 9);
    Result scoredRaw =
        succeed("score", bare, data, "--out", output, "--spark", MASTER, "--steps", 9);
    Result predictedLess = succeed("predict", run, gazeless, "--out", lines);
    Result scoredLess = succeed("score", run, gazeless, "--out", output, "--spark", MASTER);

    assertThat(predicted.err()).contains("the model does not read audio: it is ignored in");
    assertThat(scored.err()).isEqualTo(predicted.err());
    assertThat(scoredColumns.err()).isEqualTo(predicted.err());
    assertThat(predictedRaw.err()).contains("--steps is 9, not 300 as for the data of the model");
    assertThat(scoredRaw.err()).isEqualTo(predictedRaw.err());
    assertThat(omissions(scoredRaw)).isEqualTo(omissions(predictedRaw)).isNotEmpty();
    assertThat(predictedLess.err()).contains("no segment has text, which the model reads");
    assertThat(scoredLess.err()).isEqualTo(predictedLess.err());
  }

  private static List<String> omissions(Result result) {
    return result.out().lines().filter(line -> line.startsWith("- ")).toList();
  }

  @Test
  void unreadModalitiesAndOptionsOfOtherDataAreRefusedAsByPredict() {
    Path output = folder.resolve("none");
    Object[] predict = {"predict", run, store, "--out", folder.resolve("none.jsonl")};
    Object[] score = {"score", run, store, "--out", output, "--spark", MASTER};
    Object[] unread = {"--available", "text,gaze"};
    Object[] steps = {"--steps", 9};

    assertThat(run(with(unread, score)).status()).isEqualTo(2);
    assertThat(firstLine(run(with(unread, score))))
        .isEqualTo(firstLine(run(with(unread, predict))));
    assertThat(run(with(steps, score)).status()).isEqualTo(2);
    assertThat(firstLine(run(with(steps, score)))).isEqualTo(firstLine(run(with(steps, predict))));
    assertThat(output).doesNotExist();
  }

  private static String firstLine(Result result) {
    return result.err().lines().findFirst().orElseThrow();
  }

  @Test
  void pathsWithSpacesAndWildcardsAreTakenAsTheyAre() throws IOException {
    Path columns = folder.resolve("a b[1]{2}*.parquet");
    Path output = folder.resolve("c d[1]*");

    succeed("prepare", data, "--out", columns, "--spark", MASTER);
    succeed("score", run, columns, "--out", output, "--spark", MASTER);

    assertThat(parts(output).lines().sorted())
        .containsExactlyElementsOf(
            Files.readString(folder.resolve("predicted.jsonl")).lines().sorted().toList());
  }

  @Test
  void scoreReplacesOnlyItsOwnFolder() throws IOException {
    Path output = folder.resolve("output");
    Files.createDirectories(output);
    Files.writeString(output.resolve("notes.txt"), "mine");

    Result refused = run("score", run, store, "--out", output, "--spark", MASTER);
    Files.delete(output.resolve("notes.txt"));
    succeed("score", run, store, "--out", output, "--spark", MASTER, "--format", "parquet");
    succeed("score", run, store, "--out", output, "--spark", MASTER);
    Result inRun = run("score", run, store, "--out", run.resolve("model"), "--spark", MASTER);

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("did not write", "notes.txt").hasLineCount(1);
    assertThat(inRun.status()).isEqualTo(1);
    assertThat(inRun.err()).contains("belongs to the run").hasLineCount(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".output"));
    }
  }

  @Test
  void scoreDoesNotReplaceThePreparedSegmentsThatItReads() throws IOException {
    Path columns = folder.resolve("kept.parquet");
    succeed("prepare", data, "--out", columns, "--spark", MASTER);
    String info = Files.readString(columns.resolve("_info.json"));

    Result refused = run("score", run, columns, "--out", columns, "--spark", MASTER);

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains("kept.parquet: contains segments, which predictions do not replace")
        .hasLineCount(1);
    assertThat(columns.resolve("_info.json")).hasContent(info);
    succeed("prepare", data, "--out", columns, "--spark", MASTER);
  }

  @Test
  void wrongMastersAreRefusedInOneLine() {
    Path output = folder.resolve("none");
    Result unreachable =
        run("score", run, store, "--out", output, "--spark", "spark://127.0.0.1:9");
    Result unknown = run("score", run, store, "--out", output, "--spark", "localhost");
    Result absent = run("score", run, store, "--out", output);
    Result single = run("train", store, "--out", output, "--spark", MASTER);

    assertThat(unreachable.status()).isEqualTo(1);
    assertThat(unreachable.err())
        .startsWith("mer: cannot reach the master spark://127.0.0.1:9")
        .hasLineCount(1);
    assertThat(List.of(unknown.status(), absent.status(), single.status())).containsOnly(2);
    assertThat(unknown.err()).contains("unknown master 'localhost'");
    assertThat(absent.err()).contains("--spark is required");
    assertThat(single.err()).contains("--spark needs --seeds or --settings");
    assertThat(output).doesNotExist();
  }

  @Test
  void prepareWritesTheStoreOfOneProcess() {
    Path merged = folder.resolve("merged.store");
    Path half = folder.resolve("half.store");
    Path halves = folder.resolve("halves.store");

    Result prepared = succeed("prepare", data, "--out", merged, "--spark", MASTER);
    Result one = succeed("prepare", data, "--out", folder.resolve("again.store"));
    succeed("prepare", data, "--out", half, "--precision", "float16", "--modalities", "text");
    succeed(
        "prepare",
        data,
        "--out",
        halves,
        "--precision",
        "float16",
        "--modalities",
        "text",
        "--spark",
        MASTER);

    assertThat(merged).hasSameBinaryContentAs(store);
    assertThat(halves).hasSameBinaryContentAs(half);
    assertThat(prepared.out().replace("merged", "again")).isEqualTo(one.out());
    assertThat(folder.resolve("merged.data.json"))
        .hasSameTextualContentAs(folder.resolve("again.data.json"));
  }

  @Test
  void prepareWritesTheDescriptionOfTheStoreBesideParquet() throws IOException {
    Path columns = folder.resolve("described.parquet");
    Path plain = folder.resolve("described.store");

    Result prepared = succeed("prepare", data, "--out", columns, "--spark", MASTER);
    Result one = succeed("prepare", data, "--out", plain);

    assertThat(prepared.out().replace("described.parquet", "described.store"))
        .isEqualTo(
            one.out()
                .lines()
                .filter(line -> !line.startsWith("options: "))
                .reduce("", (a, b) -> a + b + "\n"));
    try (SegmentStore open = SegmentStore.open(plain)) {
      StoreInfo info =
          new JsonMapper().readValue(columns.resolve("_info.json").toFile(), StoreInfo.class);
      assertThat(info).usingRecursiveComparison().isEqualTo(open.info());
      assertThat(info.standardization().columns().get(Modality.TEXT).width()).isEqualTo(12);
    }
  }

  @Test
  void parquetOfAnEmptySplitIsRefused() throws IOException {
    Path folds = Files.createDirectories(folder.resolve("folds"));
    List<String> videos = Files.readAllLines(data.resolve("folds/train.txt"));
    Files.writeString(folds.resolve("train.txt"), String.join("\n", videos));
    Files.writeString(folds.resolve("valid.txt"), "no such video");
    Files.writeString(folds.resolve("test.txt"), String.join("\n", videos.subList(0, 0)));
    Path columns = folder.resolve("empty.parquet");

    Result one = run("prepare", data, "--folds", folds, "--out", folder.resolve("empty.store"));
    Result refused = run("prepare", data, "--folds", folds, "--out", columns, "--spark", MASTER);

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo(one.err()).hasLineCount(1);
    assertThat(columns).doesNotExist();
  }

  @Test
  void aSweepHasTheTableAndTheModelsOfOneMachine() throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("settings.json"),
            """
            {"attention": {}, "concat": {"model": {"fusion": {"kind": "concatenation"}}}}
            """);
    Path local = folder.resolve("local");
    Path spark = folder.resolve("spark");
    Object[] options = {"--config", config, "--settings", settings, "--seeds", 2};

    Result here = succeed(with(options, "train", store, "--out", local));
    Result there = succeed(with(options, "train", store, "--out", spark, "--spark", MASTER));
    Result again = succeed(with(options, "train", store, "--out", spark, "--spark", MASTER));

    assertThat(there.out()).isEqualTo(here.out());
    assertThat(again.out()).isEqualTo(here.out());
    for (String trial : List.of("attention/seed-5", "attention/seed-6", "concat/seed-5")) {
      assertThat(spark.resolve(trial).resolve("model/model.safetensors"))
          .hasSameBinaryContentAs(local.resolve(trial).resolve("model/model.safetensors"));
      assertThat(spark.resolve(trial).resolve("log.txt")).isNotEmptyFile();
    }
  }

  private static Object[] with(Object[] options, Object... arguments) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(options)).toArray();
  }
}
