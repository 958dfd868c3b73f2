package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir static Path folder;
  private static Path data;

  @BeforeAll
  static void writeData() {
    data = TinyData.write(folder.resolve("data"));
  }

  @Test
  void inspectPrintsOneJsonDocument() {
    JsonNode json = Cli.run("inspect", data, "--json").json();

    assertThat(json.at("/labels/videos").asInt()).isEqualTo(20);
    assertThat(json.at("/features/audio/segments_without").isInt()).isTrue();
    assertThat(json.at("/folds/counts/train/videos").asInt()).isPositive();
    assertThat(json.at("/verdicts").size()).isPositive();
  }

  @Test
  void inspectWritesAPage() throws IOException {
    Path page = folder.resolve("page.html");

    assertThat(Cli.run("inspect", data, "--html", page).status()).isZero();

    assertThat(page).content().contains("<svg ").contains("Positives per split");
  }

  @Test
  void inspectVerifiesAStore() throws IOException {
    Path store = folder.resolve("verified.store");
    Object[] prepare = {"prepare", data, "--out", store, "--precision", "float16", "--sha256"};
    assertThat(Cli.run(prepare).status()).isZero();

    assertThat(Cli.run("inspect", store).out())
        .contains("use --verify to check")
        .containsPattern(", SHA-256 [0-9a-f]{64}\n");
    assertThat(Cli.run("inspect", store, "--json").json().at("/options/precision").asText())
        .isEqualTo("FLOAT16");
    assertThat(Cli.run("inspect", store, "--verify").out()).contains("all checksums of");
    Cli page = Cli.run("inspect", store, "--html", folder.resolve("page.html"));
    assertThat(page.status()).isEqualTo(2);
    assertThat(page.err()).contains("--html").contains("is a store");

    byte[] bytes = Files.readAllBytes(store);
    bytes[100] ^= 1;
    Files.write(store, bytes);
    Cli damaged = Cli.run("inspect", store, "--verify");
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(damaged.err()).contains("is damaged; prepare the data again");
  }

  @Test
  void aPageOfSegmentsWithoutTimesHasNoDurations() throws IOException {
    Path study = StudyFiles.write(folder.resolve("study"));
    Path page = folder.resolve("study.html");
    String gaze = "gaze=" + study.resolve("arrays/gaze.npy");
    Cli inspected = Cli.run("inspect", study, "--modality", gaze, "--html", page);

    assertThat(inspected.status()).as(inspected.err()).isZero();
    assertThat(page)
        .content()
        .contains(" segments without times.")
        .doesNotContain("(median)", "Seconds per segment");
  }
}
