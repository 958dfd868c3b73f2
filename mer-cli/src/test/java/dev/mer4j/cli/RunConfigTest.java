package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.train.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the backend that a configuration resolves to. */
class RunConfigTest {
  private static final RunConfig PRESET =
      RunConfig.of(Preset.ROBUST, PerModality.of(Modality.TEXT, 3), Emotion.MOSEI);

  @TempDir private Path folder;

  @Test
  void selectsTheBestBackendForTheConfiguredModel() throws IOException {
    RunConfig read = read("{\"model\": {\"hidden\": 300}}");
    assertThat(read.resolved().backend())
        .isEqualTo(Backends.best(read.model().encoders()).name())
        .isNotEqualTo(read.backend());
  }

  @Test
  void keepsANamedBackend() throws IOException {
    assertThat(read("{\"backend\": \"onednn\"}").resolved().backend()).isEqualTo("onednn");
    RunConfig unknown = read("{\"backend\": \"steam\"}");
    assertThatThrownBy(unknown::resolved)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("no backend 'steam'");
  }

  @Test
  void refusesABackendThatDoesNotSupportTheModel() throws IOException {
    RunConfig one = read("{\"backend\": \"samediff\", \"model\": {\"hidden\": 1}}");
    assertThatThrownBy(one.resolved()::newModel)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("backend 'samediff' does not support this model: ");
  }

  @Test
  void poolingIsWrittenOnlyIfItIsNotTheDefault() throws IOException {
    Path written = folder.resolve("written.json");
    RunConfig last = PRESET.with(Pooling.LAST);
    RunConfigFile.write(written, last);
    assertThat(Files.readString(written)).doesNotContain("pooling");
    assertThat(RunConfigFile.read(written, PRESET)).isEqualTo(last);

    RunConfigFile.write(written, PRESET);
    assertThat(Files.readString(written)).contains("\"pooling\" : \"attention\"");
    assertThat(RunConfigFile.read(written, last)).isEqualTo(PRESET);
    assertThat(read("{\"model\": {\"pooling\": \"last\"}}")).isEqualTo(last);
    assertThat(PRESET.resolved().backend()).isEqualTo("native");
  }

  @Test
  void refusesUnknownPooling() {
    assertThatThrownBy(() -> read("{\"model\": {\"pooling\": \"mean\"}}"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is not a valid configuration: ")
        .hasMessageContaining("mean");
  }

  @Test
  void namesAnInvalidDecayOfTheAverage() {
    assertThatThrownBy(() -> read("{\"training\": {\"ema\": 1}}"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("ema must be in [0, 1): 1.0");
  }

  private RunConfig read(String json) throws IOException {
    return RunConfigFile.read(Files.writeString(folder.resolve("config.json"), json), PRESET);
  }

  @Test
  void refusesASettingThatIsGivenTwice() {
    assertThatThrownBy(() -> read("{\"training\": {\"epochs\": 1, \"epochs\": 2}}"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is not JSON: Duplicate field 'epochs'");
  }

  @Test
  void refusesTextAfterTheSettings() {
    assertThatThrownBy(() -> read("{} {\"training\": {\"epochs\": 1}}"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is not JSON: Trailing token");
  }

  @Test
  void namesAListWithAMissingElement() {
    assertThatThrownBy(() -> read("{\"model\": {\"labels\": {\"labels\": [null, \"calm\"]}}}"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is not a valid configuration: Invalid `null` value");
  }

  @Test
  void ignoresAByteOrderMark() throws IOException {
    assertThat(read("\ufeff{\"model\": {\"hidden\": 7}}").model().hidden()).isEqualTo(7);
  }
}
