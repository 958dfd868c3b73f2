package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on data with own labels and modalities in numpy files. */
final class SourceFormsCommandTest {
  private static final int SEGMENTS = 24;
  private static final String[] SPLITS = {"train", "valid", "test"};
  private static final String[] LABELS = {"joy", "anger", "neutral"};

  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    StringBuilder table = new StringBuilder("id,split,emotion,speaker\n");
    for (int i = 0; i < SEGMENTS; i++) {
      table.append(
          String.format(
              Locale.ROOT, "d%d[0],%s,%s,s%d%n", i, SPLITS[i / 2 % 3], LABELS[i % 3], i % 5));
    }
    Files.writeString(data.resolve("segments.csv"), table);
    NpyFile.write(data.resolve("words.npy"), SEGMENTS, 4, 3);
    NpyFile.write(data.resolve("audio.npy"), SEGMENTS, 6, 2);
  }

  @Test
  void columnsOfDataWithoutTheirTableAreRefused() {
    Cli refused =
        Cli.run(
            "prepare",
            data.resolve("words.npy"),
            "--group",
            "speaker",
            "--out",
            folder.resolve("s.store"));

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains("--group and --positive apply to columns of segments.csv", "words.npy");
  }

  @Test
  void rowsOfLowConfidenceAreDroppedOnRequest() throws IOException {
    Path clips = Files.createDirectories(folder.resolve("clips/visual")).getParent();
    Files.writeString(clips.resolve("segments.csv"), "video,start,end\na,0,1\na,1,2\n");
    StringBuilder table = new StringBuilder("timestamp, confidence, success, AU01_r\n");
    for (int i = 0; i < 20; i++) {
      table.append(String.format(Locale.ROOT, "%.1f, %.2f, 1, %d\n", 0.1 * i, 0.05 * i, i));
    }
    Files.writeString(clips.resolve("visual/a.csv"), table);
    Path all = folder.resolve("all.store");
    Path sure = folder.resolve("sure.store");
    Path again = folder.resolve("again.store");

    Cli prepared = Cli.run("prepare", clips, "--out", all);
    assertThat(prepared.out())
        .contains("visual: rows dropped because of their success or confidence: 1, of 1 (a)");
    assertThat(folder.resolve("all.data.json")).content().doesNotContain("minConfidence");

    prepared = Cli.run("prepare", clips, "--min-confidence", 0.5, "--out", sure);
    assertThat(prepared.out())
        .contains("visual: rows dropped because of their success or confidence: 10, of 1 (a)");
    assertThat(folder.resolve("sure.data.json")).content().contains("\"minConfidence\" : 0.5");
    Cli repeated = Cli.run("prepare", "--config", folder.resolve("sure.data.json"), "--out", again);
    assertThat(repeated.status()).as(repeated.err()).isZero();
    assertThat(again).hasBinaryContent(Files.readAllBytes(sure));
  }

  @Test
  void aConfidenceThatCannotApplyIsReported() {
    Path store = folder.resolve("s.store");
    Cli file = Cli.run("prepare", data.resolve("words.npy"), "--min-confidence", 1, "--out", store);
    assertThat(file.status()).isEqualTo(1);
    assertThat(file.err()).contains("--min-confidence applies to tables of times", "words.npy");

    Cli above = Cli.run("prepare", data, "--min-confidence", 1.5, "--out", store);
    assertThat(above.status()).isNotZero();
    assertThat(above.err()).contains("the minimum confidence must be in [0, 1]: 1.5");

    Cli arrays =
        Cli.run(
            "prepare", data, "--min-confidence", 0.5, "--label-column", "emotion", "--out", store);
    assertThat(arrays.out())
        .contains("--min-confidence has no effect: no table has the column confidence");
  }

  @Test
  void thePreparationCountsGroups() {
    Cli prepared =
        Cli.run(
            "prepare",
            data,
            "--label-column",
            "emotion",
            "--group",
            "speaker",
            "--out",
            folder.resolve("s.store"));

    assertThat(prepared.out()).containsPattern("split +groups +videos +segments");
    assertThat(prepared.out()).containsPattern("train +5 +8 +8");
  }

  @Test
  void aPreparationIsRepeated() throws IOException {
    Path first = folder.resolve("first.store");
    Path second = folder.resolve("second.store");
    Cli prepared =
        Cli.run(
            "prepare",
            data,
            "--label-column",
            "emotion",
            "--group",
            "speaker",
            "--steps",
            3,
            "--out",
            first);
    assertThat(prepared.err()).isEmpty();
    assertThat(prepared.out()).contains("first.data.json").contains("segments.csv");

    Cli again = Cli.run("prepare", "--config", folder.resolve("first.data.json"), "--out", second);
    assertThat(again.err()).isEmpty();
    assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));

    Cli other =
        Cli.run(
            "prepare",
            "--config",
            folder.resolve("first.data.json"),
            "--steps",
            2,
            "--out",
            folder.resolve("third.store"));
    assertThat(other.status()).isZero();
    assertThat(
            Cli.run("inspect", folder.resolve("third.store"), "--json")
                .json()
                .at("/options/steps")
                .asInt())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "gaze"})
  void aFileWithAnyNameIsGivenAsAModality(String modality) {
    Path store = folder.resolve(modality + ".store");
    Cli prepared =
        Cli.run(
            "prepare",
            data,
            "--label-column",
            "emotion",
            "--modality",
            modality + "=" + data.resolve("words.npy"),
            "--out",
            store);
    assertThat(prepared.err()).isEmpty();
    assertThat(Cli.run("inspect", store, "--json").json().at("/widths/" + modality).asInt())
        .isEqualTo(3);
  }

  @Test
  void refusesAnInvalidNameOfAModality() {
    Path store = folder.resolve("invalid.store");
    assertThat(Cli.run("prepare", data, "--modality", "Gaze=x.npy", "--out", store).status())
        .isEqualTo(2);
    assertThat(store).doesNotExist();
  }

  @Test
  void dataAreShownAndInspected() {
    Object[] show = {"show", data, "d3[0]", "--label-column", "emotion", "--json"};
    assertThat(Cli.run(show).json().at("/labels/joy").asInt()).isOne();
    assertThat(Cli.run("inspect", data, "--label-column", "emotion").out()).contains("audio");
  }

  @Test
  void rawDataArePredicted() throws IOException {
    Path store = folder.resolve("data.store");
    Path run = folder.resolve("run");
    Path lines = folder.resolve("lines.jsonl");
    assertThat(Cli.run("prepare", data, "--label-column", "emotion", "--out", store).err())
        .isEmpty();
    assertThat(Cli.run("train", store, "--out", run, "--epochs", 1).status()).isZero();

    Cli predicted = Cli.run("predict", run, data, "--out", lines);
    assertThat(predicted.err()).isEmpty();
    assertThat(Files.readAllLines(lines)).hasSize(SEGMENTS);
  }
}
