package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.EncoderEngine;
import dev.mer4j.core.encoder.EncoderEngines;
import dev.mer4j.core.io.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model folder says which engine it was trained on, and runs on engines that do the same. */
class TrainedEngineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  static List<String> engines() {
    return LifetimeTest.engines();
  }

  @BeforeEach
  void saveAModel() {
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(RandomSegments.WIDTHS)
            .hidden(4)
            .headWidth(7)
            .engine("packed")
            .build()) {
      model.save(folder, new Provenance(Map.of("seed", "1")));
    }
  }

  @Test
  void theFolderNamesTheEngine() throws IOException {
    assertThat(config().get("engine").asText()).isEqualTo("packed");
    assertThat(config().get("function").asText()).isEqualTo(EncoderEngine.LSTM);
    assertThat(
            JSON.readTree(folder.resolve("provenance.json").toFile()).at("/facts/engine").asText())
        .isEqualTo("packed");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyEngineOfTheSameFunctionRunsIt(String engine) {
    try (MultimodalModel model = MultimodalModel.load(folder, engine)) {
      assertThat(model.engine()).isEqualTo(engine);
    }
  }

  @Test
  void anEngineOfAnotherFunctionIsRefused() throws IOException {
    write(config().put("engine", "gru").put("function", "gru"));
    String why =
        "it was trained on engine 'gru', whose encoders compute 'gru'; use that engine, or another"
            + " that computes the same function";
    assertThatThrownBy(() -> MultimodalModel.load(folder, "packed"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("engine 'packed' computes 'lstm' and cannot run this model: " + why);
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("no engine here can run this model: " + why)
        .hasMessageContaining("packed");
  }

  @Test
  void theSameEngineRunsItWhateverItSaysOfItsFunction() throws IOException {
    write(config().put("engine", "packed").put("function", "old"));
    try (MultimodalModel model = MultimodalModel.load(folder)) {
      assertThat(model.engine()).isEqualTo("packed");
    }
  }

  @Test
  void aFolderOfAnOlderVersionRunsOnAnyEngine() throws IOException {
    ObjectNode config = config();
    config.remove("engine");
    config.remove("function");
    write(config);
    try (MultimodalModel model = MultimodalModel.load(folder)) {
      assertThat(model.engine()).isEqualTo(EncoderEngines.best(model.config().encoders()).name());
    }
  }

  private ObjectNode config() throws IOException {
    return (ObjectNode) JSON.readTree(folder.resolve("config.json").toFile());
  }

  private void write(Object config) throws IOException {
    Files.writeString(folder.resolve("config.json"), config.toString());
    new ModelDigest(folder).write();
  }
}
