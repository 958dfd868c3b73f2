package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.data.synth.SyntheticMosei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code prepare --config} repeats a preparation. */
final class RepeatedPreparationTest {
  @TempDir Path folder;

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  @Test
  void aMovedFolderIsPreparedToTheSameBytes() throws IOException {
    Path project = Files.createDirectory(folder.resolve("project"));
    Path data = StudyFiles.write(project.resolve("study"));
    Path store = project.resolve("stores/study.store");
    Cli.succeed(StudyFiles.prepare(data, "--out", store, "--sha256", "--strict"));
    byte[] bytes = Files.readAllBytes(store);
    JsonNode config = json(project.resolve("stores/study.data.json"));
    assertThat(config.at("/data").asText()).isEqualTo("../study");
    assertThat(config.at("/modalities/gaze").asText()).isEqualTo("{data}/arrays/gaze.npy");
    assertThat(config.at("/strict").asBoolean()).isTrue();
    assertThat(config.at("/sha256").asBoolean()).isTrue();

    Path moved = Files.move(project, folder.resolve("moved"));
    Path again = folder.resolve("again.store");
    Cli.succeed("prepare", "--config", moved.resolve("stores/study.data.json"), "--out", again);

    assertThat(again).hasBinaryContent(bytes);
    assertThat(json(folder.resolve("again.data.json")).at("/data").asText())
        .isEqualTo("moved/study");
  }

  @Test
  void aStoreIsPreparedAgainInItsPlace() throws IOException {
    Path data = StudyFiles.write(folder.resolve("study"));
    Path store = folder.resolve("study.store");
    Cli.succeed(StudyFiles.prepare(data, "--out", store));
    byte[] bytes = Files.readAllBytes(store);

    Cli.succeed("prepare", "--config", folder.resolve("study.data.json"), "--out", store);

    assertThat(store).hasBinaryContent(bytes);
  }

  @Test
  void otherDataIsPreparedWithTheSameOptions() throws IOException {
    Path data = StudyFiles.write(folder.resolve("study"));
    Cli.succeed(StudyFiles.prepare(data, "--out", folder.resolve("study.store")));
    Path other = StudyFiles.write(folder.resolve("other"));
    NpyFile.write(other.resolve("arrays/gaze.npy"), 24, 9, 2);

    Path store = folder.resolve("other.store");
    Cli.succeed("prepare", other, "--config", folder.resolve("study.data.json"), "--out", store);

    JsonNode info = Cli.succeed("inspect", store, "--json").json();
    assertThat(info.at("/widths/gaze").asInt()).isEqualTo(2);
    assertThat(info.at("/options/steps").asInt()).isEqualTo(4);
  }

  @Test
  void optionsOverrideTheConfiguration() throws IOException {
    Path data = StudyFiles.write(folder.resolve("study"));
    Cli.succeed(StudyFiles.prepare(data, "--out", folder.resolve("a.store"), "--sha256"));

    Cli.succeed(
        "prepare",
        "--config",
        folder.resolve("a.data.json"),
        "--steps",
        3,
        "--no-trim-zero-rows",
        "--no-sha256",
        "--out",
        folder.resolve("b.store"));

    JsonNode info = Cli.succeed("inspect", folder.resolve("b.store"), "--json").json();
    assertThat(info.at("/options/steps").asInt()).isEqualTo(3);
    assertThat(info.at("/options/truncation").asText()).isEqualTo("POOL");
    assertThat(info.at("/sources/0").has("sha256")).isFalse();
    assertThat(json(folder.resolve("b.data.json")).at("/trimZeroRows").asBoolean()).isFalse();
  }

  @Test
  void foldsInTheDataAreRelativeToIt() throws IOException {
    Path data = TinyData.write(folder.resolve("data"));
    Cli.succeed("prepare", data, "--out", folder.resolve("x.store"));

    assertThat(json(folder.resolve("x.data.json")).at("/folds").asText())
        .isEqualTo("{data}/" + SyntheticMosei.FOLDS);
    Path again = folder.resolve("again.store");
    Cli.succeed("prepare", "--config", folder.resolve("x.data.json"), "--out", again);
    assertThat(again).hasBinaryContent(Files.readAllBytes(folder.resolve("x.store")));
  }

  @Test
  void filesInALinkedFolderAreRelativeToIt() throws IOException {
    Path study = StudyFiles.write(folder.resolve("study"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), study);
    Path store = folder.resolve("x.store");

    Cli.succeed(StudyFiles.prepare(link, "--out", store));

    JsonNode config = json(folder.resolve("x.data.json"));
    assertThat(config.at("/data").asText()).isEqualTo("link");
    assertThat(config.at("/modalities/gaze").asText()).isEqualTo("{data}/arrays/gaze.npy");
    byte[] bytes = Files.readAllBytes(store);
    Cli.succeed("prepare", "--config", folder.resolve("x.data.json"), "--out", store);
    assertThat(store).hasBinaryContent(bytes);
  }

  @Test
  void absolutePathsOfEarlierVersionsAreRead() throws IOException {
    Path data = StudyFiles.write(folder.resolve("study"));
    Path config =
        TinyData.text(
            folder.resolve("old.data.json"),
            """
            {"data": "%s", "modalities": {"gaze": "%s"}, "trimZeroRows": false,
             "columns": {"labels": ["calm", "tense"], "group": null, "positive": null}}
            """
                .formatted(data, data.resolve("arrays/gaze.npy")));

    Cli prepared = Cli.succeed("prepare", "--config", config, "--out", folder.resolve("new.store"));

    assertThat(prepared.out()).contains("gaze");
  }

  @Test
  void anUnknownKeyIsAnError() {
    Path config = TinyData.text(folder.resolve("x.data.json"), "{\"stepz\": 3}");

    Cli refused = Cli.run("prepare", "--config", config, "--out", folder.resolve("x.store"));

    assertThat(refused.status()).isOne();
    assertThat(refused.err()).contains("x.data.json", "stepz");
  }

  @Test
  void omittedOptionsHaveTheirDefaults() throws IOException {
    Path data = TinyData.write(folder.resolve("data"));
    Path expected = folder.resolve("expected.store");
    Cli.succeed("prepare", data, "--steps", "5", "--out", expected);
    Path config =
        TinyData.text(
            folder.resolve("some.json"),
            """
            {"columns": {}, "selected": null, "prepare": {"steps": 5, "unit": null, "sanitize": {}}}
            """);

    Path store = folder.resolve("some.store");
    Cli.succeed("prepare", data, "--config", config, "--out", store);

    assertThat(store).hasBinaryContent(Files.readAllBytes(expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'modalities': {'gaze': null}}",
        "{'selected': [null]}",
        "{'columns': {'labels': [null]}}"
      })
  void aMissingElementIsNamed(String json) {
    Path config = TinyData.text(folder.resolve("x.json"), json.replace('\'', '"'));

    Cli refused = Cli.run("prepare", folder, "--config", config, "--out", folder.resolve("x"));

    assertThat(refused.status()).isOne();
    assertThat(refused.err())
        .startsWith("mer: " + config + ": is not a file of prepare's options: ")
        .contains("`null`")
        .doesNotContain("NullPointerException");
  }

  @Test
  void aTextThatIsNoPathIsReportedInOneLine() {
    Path config = TinyData.text(folder.resolve("x.json"), "{\"labels\": \"a\\u0000b\"}");

    Cli refused = Cli.run("prepare", folder, "--config", config, "--out", folder.resolve("x"));

    assertThat(refused.status()).isOne();
    assertThat(refused.err()).startsWith("mer: not the name of a file: ").hasLineCount(1);
  }
}
