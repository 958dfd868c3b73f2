package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Modality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Imports state dicts of every fusion and both poolings that PyTorch wrote with {@code
 * src/test/python/state_dict.py}. Their probabilities are PyTorch's within 1e-6: PyTorch computed
 * in double precision, and the error of single precision over at most six steps is about 1e-7.
 */
class StateDictImportTest {
  static final Path TORCH = Path.of("src/test/resources/torch");

  private static JsonNode expected;

  @TempDir private Path folder;

  @BeforeAll
  static void read() throws IOException {
    expected = new ObjectMapper().readTree(TORCH.resolve("expected.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "concatenation",
        "attention",
        "attention-sum",
        "additive-1",
        "additive-2",
        "additive-3"
      })
  void givesTheProbabilitiesOfPyTorch(String fusion) {
    for (String name : List.of(fusion, fusion + "-pooled")) {
      try (MultimodalModel model = imported(TORCH.resolve(name + ".safetensors"))) {
        assertProbabilities(model, name);
      }
    }
  }

  private MultimodalModel imported(Path tensors, Object... options) {
    Object[] arguments = {"import", tensors, "--out", folder.resolve("run")};
    Object[] all = Arrays.copyOf(arguments, arguments.length + options.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    Cli ended = Cli.run(all);
    assertThat(ended.err()).isEmpty();
    return MultimodalModel.load(folder.resolve("run/model"));
  }

  private static void assertProbabilities(MultimodalModel model, String name) {
    JsonNode rows = expected.at("/probabilities/" + name);
    assertThat(rows).hasSize(expected.get("segments").size()).hasSize(8);
    for (int s = 0; s < rows.size(); s++) {
      List<Double> found = model.predict(features(expected.at("/segments/" + s))).probabilities();
      assertThat(found).hasSize(rows.get(s).size());
      for (int c = 0; c < found.size(); c++) {
        assertThat(found.get(c))
            .as("%s, segment %d", name, s)
            .isCloseTo(rows.get(s).get(c).asDouble(), within(1e-6));
      }
    }
  }

  private static Map<Modality, float[][]> features(JsonNode segment) {
    ObjectMapper json = new ObjectMapper();
    Map<Modality, float[][]> features = new HashMap<>();
    segment
        .properties()
        .forEach(
            each ->
                features.put(
                    Modality.of(each.getKey()),
                    json.convertValue(each.getValue(), float[][].class)));
    return features;
  }

  @Test
  void thresholdsAreThoseOfTheConfigurationOrOneHalf() {
    try (MultimodalModel model = imported(TORCH.resolve("attention.safetensors"))) {
      assertThat(model.thresholds().perEmotion()).containsExactly(0.5, 0.4, 0.6);
    }
    try (MultimodalModel model = imported(TORCH.resolve("attention-pooled.safetensors"))) {
      assertThat(model.thresholds().perEmotion()).containsExactly(0.5, 0.5, 0.5, 0.5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"module.", "_orig_mod.", "model.module."})
  void aPrefixOfAllNamesIsIgnored(String prefix) throws IOException {
    TensorFile file = TensorFile.read(TORCH.resolve("additive-2-pooled.safetensors"));
    for (String name : file.names()) {
      if (!name.startsWith("standardization.")) {
        file.rename(name, prefix + name);
      }
    }
    Path nested = file.write(folder.resolve("nested.safetensors"));

    try (MultimodalModel model =
        imported(nested, "--config", TORCH.resolve("additive-2-pooled.json"))) {
      assertProbabilities(model, "additive-2-pooled");
    }
  }
}
