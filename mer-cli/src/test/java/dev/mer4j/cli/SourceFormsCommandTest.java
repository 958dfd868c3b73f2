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
