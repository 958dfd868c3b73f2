package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.ConfigException;
import dev.mer4j.core.encoder.Backend;
import dev.mer4j.core.encoder.Backends;
import dev.mer4j.core.provenance.Provenance;
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

/**
 * A model folder records the backend it was trained on, and runs on backends of the same function.
 */
class TrainedBackendTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  static List<String> backends() {
    return LifetimeTest.backends();
  }

  @BeforeEach
  void saveAModel() {
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(RandomSegments.WIDTHS)
            .hidden(4)
            .headHidden(7)
            .backend("native")
            .build()) {
      model.save(folder, new Provenance(Map.of("seed", "1")));
    }
  }

  @Test
  void folderRecordsTheBackend() throws IOException {
    assertThat(config().get("backend").asText()).isEqualTo("native");
    assertThat(config().get("function").asText()).isEqualTo(Backend.LSTM);
    assertThat(
            JSON.readTree(folder.resolve("provenance.json").toFile()).at("/facts/backend").asText())
        .isEqualTo("native");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void runsOnEveryBackendOfTheSameFunction(String backend) {
    try (MultimodalModel model = MultimodalModel.load(folder, backend)) {
      assertThat(model.backend()).isEqualTo(backend);
    }
  }

  @Test
  void refusesBackendsOfAnotherFunction() throws IOException {
    write(config().put("backend", "gru").put("function", "gru"));
    String why =
        "it was trained on backend 'gru', whose encoders compute 'gru'; use that backend or another"
            + " with the same function";
    assertThatThrownBy(() -> MultimodalModel.load(folder, "native"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("backend 'native' computes 'lstm' and cannot run this model: " + why);
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("no backend can run this model: " + why)
        .hasMessageContaining("native");
  }

  @Test
  void runsOnTheSameBackendEvenIfTheFunctionDiffers() throws IOException {
    write(config().put("backend", "native").put("function", "old"));
    try (MultimodalModel model = MultimodalModel.load(folder)) {
      assertThat(model.backend()).isEqualTo("native");
    }
  }

  @Test
  void folderOfAnOlderVersionRunsOnAnyBackend() throws IOException {
    ObjectNode config = config();
    config.remove("backend");
    config.remove("function");
    write(config);
    try (MultimodalModel model = MultimodalModel.load(folder)) {
      assertThat(model.backend()).isEqualTo(Backends.best(model.config().encoders()).name());
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
