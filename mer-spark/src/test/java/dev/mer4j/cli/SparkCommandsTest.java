package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Modality;
import dev.mer4j.data.synth.SyntheticMosei;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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

  /** The result of a command. */
  private record Result(int status, String out, String err) {}

  private static Result run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Mer.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
    return new Result(status, out.toString(), err.toString());
  }

  private static Result succeed(Object... arguments) {
    Result result = run(arguments);
    assertThat(result.status()).as(result.err()).isZero();
    return result;
  }

  @BeforeAll
  static void train() throws IOException {
    data = folder.resolve("data");
    store = folder.resolve("one.store");
    config = folder.resolve("tiny.json");
    run = folder.resolve("run");
    SyntheticMosei.builder()
        .videos(20)
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
    assertThat(parts(fromStore)).isEqualTo(expected);
    assertThat(parts(fromFiles)).isEqualTo(expected);
    // Spark reads large files first.
    assertThat(parts(fromColumns).lines().sorted())
        .containsExactlyElementsOf(expected.lines().sorted().toList());
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
