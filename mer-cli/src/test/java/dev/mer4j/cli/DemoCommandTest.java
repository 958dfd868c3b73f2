package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void demoCompletesAndCanBeRepeated() {
    Path out = folder.resolve("demo");

    Cli first = Cli.run("demo", "--out", out, "--segments", 70, "--epochs", 1);
    Cli second = Cli.run("demo", "--out", out, "--segments", 70, "--epochs", 1);

    assertThat(first.err()).isEmpty();
    assertThat(second.status()).isZero();
    assertThat(first.out())
        .contains("epoch   1/1")
        .contains("precision")
        .contains("text+audio+visual")
        .contains("all modalities beat every constant predictor: ")
        .contains("all modalities beat visual alone: ")
        .contains(out.resolve("run/model").toString());
    assertThat(out.resolve("run/report/confusion-matrix.png")).isRegularFile();
    assertThat(out.resolve("run/report/metrics.json")).isRegularFile();
  }

  @Test
  void refusesAFolderThatIsNotAnEarlierDemos() {
    Path precious = TinyData.text(folder.resolve("thesis.txt"), "years of work");

    Cli failed = Cli.run("demo", "--out", folder);

    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("--out");
    assertThat(precious).hasContent("years of work");
  }
}
