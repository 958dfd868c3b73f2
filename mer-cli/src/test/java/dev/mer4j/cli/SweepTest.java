package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.synth.SyntheticMosei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  @TempDir static Path folder;
  private static Path store;
  private static Path config;
  private static Path run;

  @BeforeAll
  static void train() {
    TinyRun tiny = TinyRun.train(folder);
    store = tiny.store();
    config = tiny.config();
    run = tiny.run();
  }

  @Test
  void severalSeedsMakeSeveralRunsAndOneTable() throws IOException {
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
    Path tensors = sweep.resolve("seed-5").resolve(TinyRun.TENSORS);
    FileTime written = Files.getLastModifiedTime(tensors);
    Cli again = Cli.run("train", store, "--out", sweep, "--config", config, "--seeds", 2);
    Cli other =
        Cli.run("train", store, "--out", sweep, "--config", config, "--seeds", 2, "--batch", 3);

    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("valid macro-F1", "mean ± std", " ± ");
    assertThat(again.out()).isEqualTo(trained.out());
    assertThat(Files.getLastModifiedTime(tensors)).isEqualTo(written);
    assertThat(tensors).hasSameBinaryContentAs(run.resolve(TinyRun.TENSORS));
    assertThat(sweep.resolve("seed-6/steps.jsonl")).isNotEmptyFile();
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err()).contains("has other settings");
    assertThat(Cli.run("train", store, "--out", sweep, "--seeds", 0).status()).isEqualTo(2);
  }

  @Test
  void settingsAreComparedWithTheFirst() {
    Path settings =
        TinyData.text(
            folder.resolve("settings.json"),
            """
            {"additive": {},
             "concat": {"model": {"fusion": {"kind": "concatenation"}}, "store": "store"}}
            """);
    Path sweep = folder.resolve("compared");

    Cli compared =
        sweep(
            sweep,
            "--config",
            config,
            "--settings",
            settings,
            "--seeds",
            2,
            "--test",
            "--processes",
            2);

    assertThat(compared.err()).isEmpty();
    assertThat(compared.out())
        .contains("valid macro-F1", "test macro-F1", "with modalities missing")
        .containsPattern("concat +2 +[01][.]\\d+ ± [01][.]\\d+ \\([+-]");
    assertThat(sweep.resolve("additive/seed-5").resolve(TinyRun.TENSORS))
        .hasSameBinaryContentAs(run.resolve(TinyRun.TENSORS));
  }

  @Test
  void aKilledSweepEndsItsProcessesAndCanBeResumed() throws Exception {
    Path only = TinyData.text(folder.resolve("only.json"), "{\"only\": {}}");
    Path sweep = folder.resolve("killed");
    Path whole = folder.resolve("never-killed");
    Object[] options = {
      "--config", config, "--settings", only, "--epochs", 30, "--checkpoint-every", 30
    };
    Process process = Cli.start(folder.resolve("killed.txt"), arguments(store, sweep, options));
    Path history = sweep.resolve("only/seed-5/history.csv");
    while (process.isAlive() && !Files.exists(history)) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    List<ProcessHandle> children = process.children().toList();
    process.destroyForcibly().waitFor();
    for (ProcessHandle child : children) {
      child.onExit().get(1, TimeUnit.MINUTES);
    }

    assertThat(children).hasSize(1);
    assertThat(sweep.resolve("only/seed-5/model")).doesNotExist();
    Cli rest = sweep(sweep, options);
    Cli.run("train", store, "--out", whole, "--config", config, "--epochs", 30);
    assertThat(rest.err()).isEmpty();
    assertThat(sweep.resolve("only/seed-5").resolve(TinyRun.TENSORS))
        .hasSameBinaryContentAs(whole.resolve(TinyRun.TENSORS));
  }

  @Test
  void scoresOfAnotherTestSplitAreReplaced() throws IOException {
    Path data = TinyData.write(folder.resolve("shorter"));
    Path own = TinyData.prepare(data, folder.resolve("shorter.store"));
    Path settings = TinyData.text(folder.resolve("one.json"), "{\"one\": {}}");
    Path sweep = folder.resolve("rescored");
    Object[] options = {"--config", config, "--settings", settings, "--test"};
    Cli before = Cli.run(arguments(own, sweep, options));
    Path tensors = sweep.resolve("one/seed-5").resolve(TinyRun.TENSORS);
    byte[] trained = Files.readAllBytes(tensors);
    Path test = data.resolve(SyntheticMosei.FOLDS).resolve("test.txt");
    List<String> videos = Files.readAllLines(test);
    Files.write(test, videos.subList(1, videos.size()));
    TinyData.prepare(data, own);

    Cli after = Cli.run(arguments(own, sweep, options));

    assertThat(after.err()).isEmpty();
    assertThat(after.out())
        .isNotEqualTo(before.out())
        .isEqualTo(Cli.run(arguments(own, folder.resolve("scored"), options)).out());
    assertThat(tensors).hasBinaryContent(trained);
  }

  @Test
  void invalidSettingsAreNamed() {
    Path typo =
        TinyData.text(
            folder.resolve("typo.json"),
            "{\"a\": {\"training\": {\"epoch\": 1}, \"stor\": \"b\"}}");
    Path preset = TinyData.text(folder.resolve("preset.json"), "{\"a\": {\"preset\": \"best\"}}");
    Path name = TinyData.text(folder.resolve("name.json"), "{\"../a\": {}}");
    Path out = folder.resolve("no");

    assertThat(sweep(out, "--settings", typo).err())
        .contains("a: unknown settings: training.epoch (did you mean training.epochs?)")
        .contains("stor (did you mean store?)");
    assertThat(sweep(out, "--settings", preset).err())
        .contains("a.preset must be one of [paper, paper-corrected, robust]: 'best'");
    assertThat(sweep(out, "--settings", name).err()).contains("'../a'");
    assertThat(sweep(out, "--test").status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  private static Cli sweep(Path out, Object... options) {
    return Cli.run(arguments(store, out, options));
  }

  private static Object[] arguments(Path data, Path out, Object... options) {
    return Stream.concat(Stream.of("train", data, "--out", out), Stream.of(options)).toArray();
  }
}
