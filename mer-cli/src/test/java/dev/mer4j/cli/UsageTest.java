package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "demo",
        "synth",
        "inspect",
        "show",
        "prepare",
        "train",
        "evaluate",
        "missing-benchmark",
        "missing-masks",
        "missing-score",
        "predict",
        "score",
        "explain",
        "compare",
        "ablate",
        "export",
        "import",
        "backends"
      })
  void everyCommandHasHelp(String command) {
    Cli help = command.isEmpty() ? Cli.run("--help") : Cli.run(command, "--help");

    assertThat(help.status()).isZero();
    assertThat(help.out()).contains("Usage: mer").contains("--verbose");
    assertThat(help.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dance",
        "synth",
        "synth D --videos many",
        "synth D --videos 1",
        "show D abc",
        "show D -abc[0]",
        "prepare D",
        "prepare D --out S --steps 0",
        "prepare D --out S --truncate middle",
        "prepare D --out S --unit word",
        "train S",
        "train S --out R --preset best",
        "evaluate R",
        "evaluate R S --split dev",
        "missing-benchmark R",
        "missing-masks S",
        "missing-score S P",
        "explain R S abc",
        "compare A B",
        "ablate D",
        "export R --to safetensors",
        "export R --to pickle --out F.safetensors",
        "export R --to safetensors --out F.bin",
        "export R --to onnx --out F.safetensors",
        "export R --to safetensors --out F.safetensors --verify",
        "import F.onnx",
        "import F.bin --out R",
        "import F.onnx --config F.json --out R",
        "predict R S",
        "score R S",
        "score R S --out O",
        "score R S --out O --spark local --format csv",
        "train S --out R --spark local[2]",
        "train S --out R --spark local[2] --seeds 2 --processes 2",
        "predict R S --out F --available Smell",
        "predict R S --out F --available",
        "demo --epochs 0",
        "demo --segments 1",
        "backends all",
        "backends --threads 0",
        "backends --threads many"
      })
  void invalidUsageExitsWithStatusTwo(String arguments) {
    Cli wrong = Cli.run((Object[]) (arguments.isEmpty() ? new String[0] : arguments.split(" ")));

    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).startsWith("mer: ").contains("--help").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inspect %s/none",
        "show %s/none a[0]",
        "prepare %s/none --out %s/store",
        "train %s/none --out %s/run",
        "evaluate %s/none %s/none",
        "missing-benchmark %s/none %s/none",
        "missing-masks %s/none --out %s/masks",
        "missing-score %s/none %s/none --masks %s/masks",
        "predict %s/none %s/none --out %s/lines",
        "score %s/none %s/none --out %s/lines --spark local[2]",
        "export %s/none --to safetensors --out %s/model.safetensors",
        "export %s/none --to onnx --out %s/model.onnx",
        "import %s/none.safetensors --out %s/run",
        "import %s/none.onnx --out %s/run",
        "synth %s/file/below"
      })
  void missingFilesAreReportedInOneLine(String arguments) {
    TinyData.text(folder.resolve("file"), "no folder");
    String filled = arguments.replace("%s", folder.toString());

    Cli failed = Cli.run((Object[]) filled.split(" "));

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err().lines().toList()).hasSize(1);
    assertThat(failed.err()).startsWith("mer: " + folder);
  }

  @Test
  void sparkIsNotOnTheClassPathUnlessRequested() {
    Cli prepared =
        Cli.run(
            "prepare",
            TinyData.write(folder.resolve("data")),
            "--out",
            folder.resolve("store"),
            "--spark",
            "local[2]");

    assertThat(prepared.status()).isEqualTo(1);
    assertThat(prepared.err()).contains("Spark is not on the class path", "docs/spark.md");
    assertThat(prepared.err().lines()).hasSize(1);
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void verboseShowsTheStackTrace() {
    Cli failed = Cli.run("--verbose", "inspect", folder.resolve("none"));
    Cli after = Cli.run("inspect", folder.resolve("none"), "--verbose");

    assertThat(List.of(failed.status(), after.status())).containsOnly(1);
    assertThat(List.of(failed.err(), after.err())).allMatch(err -> err.contains("\tat dev.mer4j"));
  }

  @Test
  void theVersionIsPrinted() {
    assertThat(Cli.run("--version").out()).startsWith("mer ");
  }

  @Test
  void backendsAreListedByPriority() {
    Cli backends = Cli.run("backends");

    assertThat(backends.status()).isZero();
    assertThat(backends.out()).contains("onednn").contains("samediff");
    assertThat(backends.out().lines().filter(line -> line.contains("the default"))).hasSize(1);
  }

  @Test
  void theLargestNumberOfSegmentsDoesNotBecomeNegative() {
    Cli refused = Cli.run("demo", "--segments", Integer.MAX_VALUE);

    assertThat(refused.err()).contains("videos must be in").doesNotContain(": -");
  }
}
