package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused for data that is not in a store, and only for a store. */
final class RawDataRefusalTest {
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
  void optionsOfAPreparationDoNotApplyToAStore() {
    Cli refused = Cli.run("predict", run, store, "--steps", 9, "--out", folder.resolve("x.jsonl"));

    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("--steps: the store is already prepared");
  }

  @Test
  void optionsOfFilesAreRefusedForAStore() {
    for (String option : List.of("--modalities gaze", "--labels x", "--modality gaze=x")) {
      for (String command :
          List.of("predict %s %s --out " + folder.resolve("x"), "evaluate %s %s")) {
        String line = command.formatted(run, store) + " " + option;

        Cli refused = Cli.run((Object[]) line.split(" "));

        assertThat(refused.status()).as(line).isEqualTo(2);
        assertThat(refused.err())
            .startsWith(
                "mer: "
                    + option.substring(0, option.indexOf(' '))
                    + ": the store is already prepared");
      }
    }
    assertThat(Cli.run("inspect", store, "--labels", "x").err()).contains("is a store");
    assertThat(Cli.run("inspect", study, "--verify").err()).contains("--verify applies to stores");
  }

  @Test
  void dataWithoutAnyModalityOfTheModelIsAnError() throws IOException {
    Path mosei = TinyData.prepare(TinyData.write(folder.resolve("m")), folder.resolve("m.store"));

    for (Path data : List.of(mosei, folder.resolve("m"))) {
      Cli refused = Cli.run("predict", run, data, "--out", folder.resolve("x.jsonl"));
      assertThat(refused.status()).isNotZero();
      assertThat(refused.err()).contains("nothing to predict from: the model reads");
      assertThat(folder.resolve("x.jsonl")).doesNotExist();
    }
  }

  @Test
  void aSplitWithoutSegmentsKeepsEarlierPredictions() throws IOException {
    Path out = folder.resolve("raw.jsonl");
    Cli.succeed("predict", run, study, "--out", out);
    byte[] earlier = Files.readAllBytes(out);

    Cli refused = Cli.run("predict", run, study, "--split", "none", "--out", out);

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .isEqualTo("mer: " + study + ": has no segments in the split 'none'\n");
    assertThat(out).hasBinaryContent(earlier);
  }

  @Test
  void theBenchmarkNeverReplacesRawData() throws IOException {
    Path table = study.resolve("segments.csv");
    byte[] content = Files.readAllBytes(table);

    for (String option : List.of("--out", "--predictions")) {
      Cli refused = Cli.run("missing-benchmark", run, study, option, table, "--overwrite");

      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err()).startsWith("mer: " + table + ": would replace the input");
    }
    assertThat(table).hasBinaryContent(content);
  }
}
