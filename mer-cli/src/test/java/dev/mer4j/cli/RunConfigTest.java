package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.EncoderEngines;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.train.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine a configuration comes to. */
class RunConfigTest {
  private static final RunConfig PRESET =
      RunConfig.of(Preset.ROBUST, PerModality.of(Modality.TEXT, 3));

  @TempDir private Path folder;

  @Test
  void theBestEngineIsChosenForTheModelThatAFileAsksFor() throws IOException {
    RunConfig read = read("{\"model\": {\"hidden\": 300}}");
    assertThat(read.resolved().engine())
        .isEqualTo(EncoderEngines.best(read.model().encoders()).name())
        .isNotEqualTo(read.engine());
  }

  @Test
  void theEngineThatAFileNamesIsKept() throws IOException {
    assertThat(read("{\"engine\": \"onednn\"}").resolved().engine()).isEqualTo("onednn");
    RunConfig unknown = read("{\"engine\": \"steam\"}");
    assertThatThrownBy(unknown::resolved)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("no engine 'steam'");
  }

  @Test
  void anEngineThatCannotRunTheModelSaysSo() throws IOException {
    RunConfig one = read("{\"engine\": \"samediff\", \"model\": {\"hidden\": 1}}");
    assertThatThrownBy(one.resolved()::newModel)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("engine 'samediff' cannot run this model: ");
  }

  private RunConfig read(String json) throws IOException {
    return RunConfigFile.read(Files.writeString(folder.resolve("config.json"), json), PRESET);
  }
}
