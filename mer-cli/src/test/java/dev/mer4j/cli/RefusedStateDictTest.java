package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State dicts that do not fit their configuration are one error that names the file. */
class RefusedStateDictTest {
  private static final String WEIGHT = "head.0.weight";

  @TempDir private Path folder;
  private TensorFile tensors;
  private String config;

  @BeforeEach
  void read() throws IOException {
    Path torch = StateDictImportTest.TORCH;
    tensors = TensorFile.read(torch.resolve("concatenation.safetensors"));
    config = Files.readString(torch.resolve("concatenation.json"));
  }

  private void assertRefused(String problem) throws IOException {
    Path file = tensors.write(folder.resolve("mine.safetensors"));
    Path settings = TinyData.text(folder.resolve("config.json"), config);
    Path out = folder.resolve("imported");

    Cli ended = Cli.run("import", file, "--config", settings, "--out", out);

    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains(problem).hasLineCount(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void missingTensorsAreNamed() throws IOException {
    tensors.header().remove(WEIGHT);
    tensors.header().remove("head.0.bias");
    assertRefused(
        "mine.safetensors: lacks tensors of the configured model: head.0.bias, head.0.weight");
  }

  @Test
  void missingReverseDirectionsAreNamed() throws IOException {
    for (String name : tensors.names()) {
      if (name.endsWith("_reverse")) {
        tensors.header().remove(name);
      }
    }
    assertRefused("encoders.audio.bias_hh_l0_reverse, encoders.audio.bias_ih_l0_reverse, ");
  }

  @Test
  void otherTensorsAreNamed() throws IOException {
    tensors.header().set("encoders.text.weight_ih_l1", tensors.entry("head.3.bias").deepCopy());
    tensors.entry("encoders.text.weight_ih_l1").putArray("data_offsets").add(0).add(0);
    tensors.entry("encoders.text.weight_ih_l1").putArray("shape").add(0);
    assertRefused("has tensors that the configured model does not: encoders.text.weight_ih_l1\n");
  }

  @Test
  void renamedTensorsAreNamedWithTheExpectedNames() throws IOException {
    tensors.rename(WEIGHT, "classifier.0.weight");
    assertRefused("does not: classifier.0.weight; and lacks head.0.weight");
  }

  @Test
  void aPrefixOfSomeNamesIsRefused() throws IOException {
    for (String name : tensors.names()) {
      if (name.startsWith("encoders.")) {
        tensors.rename(name, "module." + name);
      }
    }
    tensors.header().set("module.head.0.bias", tensors.entry("head.0.bias").deepCopy());
    tensors.entry("module.head.0.bias").putArray("data_offsets").add(0).add(0);
    tensors.entry("module.head.0.bias").putArray("shape").add(0);
    assertRefused("has tensor head.0.bias with and without the prefix module.");
  }

  @Test
  void misshapedTensorsAreNamed() throws IOException {
    tensors.entry(WEIGHT).putArray("shape").add(18).add(6);
    assertRefused("tensor head.0.weight: expected shape [6, 18], found [18, 6]");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void nonFiniteValuesAreNamed(float value) throws IOException {
    tensors.set(WEIGHT, 7, value);
    assertRefused("tensor head.0.weight has " + value + " at index 7; all values must be finite");
  }

  @Test
  void nonFiniteStandardizationIsNamed() throws IOException {
    Path torch = StateDictImportTest.TORCH;
    tensors = TensorFile.read(torch.resolve("concatenation-pooled.safetensors"));
    config = Files.readString(torch.resolve("concatenation-pooled.json"));
    tensors.set("standardization.audio.scale", 1, -1);
    assertRefused("mine.safetensors: standardization: column 1 has mean");
  }

  @Test
  void incompleteStandardizationIsNamed() throws IOException {
    Path torch = StateDictImportTest.TORCH;
    tensors = TensorFile.read(torch.resolve("concatenation-pooled.safetensors"));
    config = Files.readString(torch.resolve("concatenation-pooled.json"));
    tensors.header().remove("standardization.gaze.mean");
    assertRefused("tensor standardization.gaze.mean: expected shape [2], found none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"F16", "BF16", "F64"})
  void otherFloatTypesAreToBeConverted(String type) throws IOException {
    tensors.entry(WEIGHT).put("dtype", type);
    assertRefused(
        "tensor head.0.weight is "
            + type
            + ", expected F32; convert the PyTorch module with float() before saving it");
  }

  @Test
  void integerTensorsAreRefused() throws IOException {
    tensors.entry(WEIGHT).put("dtype", "I64");
    assertRefused("tensor head.0.weight is I64, expected F32\n");
  }

  @Test
  void modalitiesInAnotherOrderAreRefused() throws IOException {
    config = new ObjectMapper().readTree(config).toString();
    config = config.replace("\"text\":4,\"audio\":3", "\"audio\":3,\"text\":4");
    assertRefused(
        "config.json: model.inputs must be in the order text, audio, gaze, in which states are"
            + " concatenated");
  }

  @Test
  void configurationsThatDoNotFitNameTheProblem() throws IOException {
    String fitting = config;
    assertChangeRefused(fitting, "\"hidden\": 3", "\"hidden\": 4", "expected shape [16");
    assertChangeRefused(fitting, "\"gaze\": 2", "\"pose\": 2", "encoders.gaze.");
    assertChangeRefused(fitting, "\"inputs\"", "\"input\"", "lacks the setting model.inputs");
    assertChangeRefused(
        fitting, "\"labels\": [", "\"names\": [", "lacks the setting model.labels.labels");
    assertChangeRefused(fitting, "hidden\": 3", "hiden\": 3", "model.hidden?");
    assertChangeRefused(fitting, "0.4,", "", "3 classes needs as many thresholds");
    assertChangeRefused(
        fitting, "\"headHidden\": 6", "\"headHidden\": 0", "config.json: is not a valid");
    assertChangeRefused(
        fitting.replace("\"hidden\": 3", "\"hidden\": 4096"),
        "\"text\": 4",
        "\"text\": 65536",
        "config.json: model: more than");
  }

  private void assertChangeRefused(String fitting, String from, String to, String problem)
      throws IOException {
    config = fitting.replace(from, to);
    assertThat(config).isNotEqualTo(fitting);
    assertRefused(problem);
  }
}
