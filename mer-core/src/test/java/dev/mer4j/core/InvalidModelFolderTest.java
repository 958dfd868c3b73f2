package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mer4j.FileException;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid files are refused even if their digest is correct. */
class InvalidModelFolderTest extends SmallModelFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":{\"hidden\":4096,\"inputs\":{\"text\":65536,\"audio\":65536}}}",
        "{\"model\":{\"hidden\":4096}}",
        "{\"model\":{\"hidden\":-1}}",
        "{\"model\":{\"hidden\":1e99}}",
        "{\"model\":{\"headHidden\":65536}}",
        "{\"model\":{\"fusion\":{\"kind\":\"attention\",\"width\":2147483647}}}",
        "{\"model\":{\"fusion\":{\"kind\":\"attention\",\"width\":0}}}",
        "{\"model\":{\"fusion\":{\"kind\":\"magic\"}}}",
        "{\"model\":{\"fusion\":{\"kind\":\"additive\"}}}",
        "{\"model\":{\"fusion\":{\"kind\":\"additive\",\"order\":3}}}",
        "{\"model\":{\"fusion\":null}}",
        "{\"model\":{\"inputs\":{}}}",
        "{\"model\":{\"inputs\":{\"text\":null}}}",
        "{\"model\":{\"inputs\":{\"text\":2147483647}}}",
        "{\"model\":{\"labels\":null}}",
        "{\"model\":null}",
        "{\"thresholds\":null}",
        "{\"thresholds\":{\"perEmotion\":[]}}",
        "{\"thresholds\":{\"perEmotion\":[null,0,0,0,0,0]}}",
        "{\"thresholds\":{\"bySet\":{\"text\":[0.5]}}}",
        "{\"thresholds\":{\"bySet\":{\"text\":null}}}",
        "{\"thresholds\":{\"bySet\":{\"text+\":[0,0,0,0,0,0]}}}",
        "{\"thresholds\":{\"bySet\":{\"text\":[0,0,0,0,0,2]}}}",
        "{\"format\":0}",
        "{\"format\":null}",
        "{\"format\":3}",
        "{\"more\":1}"
      })
  void refusesInvalidSettingsWithCorrectDigest(String change) throws IOException {
    ObjectNode json = (ObjectNode) JSON.readTree(config.toFile());
    merge(json, JSON.readTree(change));
    Files.writeString(config, json.toString());
    new ModelDigest(folder).write();
    assertRefused(change);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1})
  void refusesInvalidScaleWithCorrectDigest(float scale) {
    List<Tensor> changed = new ArrayList<>();
    for (Tensor tensor : Safetensors.read(tensors).values()) {
      float[] values = tensor.values().clone();
      if (tensor.name().equals("standardization.text.scale")) {
        values[2] = scale;
      }
      changed.add(new Tensor(tensor.name(), tensor.shape(), values));
    }
    Safetensors.write(ModelOutputs.tensors(folder), changed);
    new ModelDigest(folder).write();
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(tensors + ": standardization: column 2 has");
  }

  @Test
  void randomBytesWithCorrectDigestThrowFileException() throws IOException {
    Random random = new Random(5);
    for (int trial = 0; trial < 150; trial++) {
      Path file = trial % 2 == 0 ? config : tensors;
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      for (int flips = 0; flips <= random.nextInt(4); flips++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, trial % 5 == 0 ? Arrays.copyOf(bad, random.nextInt(bad.length)) : bad);
      new ModelDigest(folder).write();
      try {
        MultimodalModel.load(folder).close();
      } catch (FileException e) {
        assertThat(e).hasMessageStartingWith(folder.toString());
      }
      Files.write(file, good);
    }
  }

  private void assertRefused(String what) {
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .as(what)
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(folder.toString());
  }

  private static void merge(ObjectNode target, JsonNode change) {
    for (Map.Entry<String, JsonNode> field : change.properties()) {
      boolean inner = field.getValue().isObject() && !field.getValue().isEmpty();
      if (inner && target.get(field.getKey()) instanceof ObjectNode old) {
        merge(old, field.getValue());
      } else {
        target.set(field.getKey(), field.getValue());
      }
    }
  }
}
