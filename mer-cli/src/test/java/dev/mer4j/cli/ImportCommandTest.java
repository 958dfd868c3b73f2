package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import java.io.IOException;
import java.nio.file.Files;
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
 * Imports what export writes, and state dicts that PyTorch wrote with {@code
 * src/test/python/state_dict.py}. Their probabilities are PyTorch's within 1e-5; single precision
 * over at most five steps differs by about 1e-7.
 */
class ImportCommandTest {
  private static final Path TORCH = Path.of("src/test/resources/torch");

  @TempDir private static Path trained;
  private static TinyRun tiny;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    tiny = TinyRun.train(trained);
  }

  private Path run() {
    return folder.resolve("imported");
  }

  private static void succeed(Object... arguments) {
    Cli ended = Cli.run(arguments);
    assertThat(ended.err()).isEmpty();
    assertThat(ended.status()).isZero();
  }

  private static void assertFailed(Cli ended, String problem) {
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.err()).contains(problem).hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"safetensors", "onnx"})
  void importedExportPredictsTheSame(String format) {
    Path file = folder.resolve("best." + format);
    succeed("export", tiny.run(), "--to", format, "--out", file);

    succeed("import", file, "--out", run());

    assertThat(run().resolve(TinyRun.TENSORS))
        .hasSameBinaryContentAs(tiny.run().resolve(TinyRun.TENSORS));
    assertThat(run().resolve("model/config.json"))
        .hasSameBinaryContentAs(tiny.run().resolve("model/config.json"));
    assertThat(predicted(run())).hasSameBinaryContentAs(predicted(tiny.run()));
    succeed("import", file, "--out", run());
  }

  private Path predicted(Path run) {
    Path out = folder.resolve(run.getFileName() + ".jsonl");
    succeed("predict", run, tiny.store(), "--out", out);
    return out;
  }

  @Test
  void onnxKeepsTheProvenance() {
    Path file = folder.resolve("best.onnx");
    succeed("export", tiny.run(), "--to", "onnx", "--out", file, "--verify");
    succeed("import", file, "--out", run());

    Provenance expected =
        ModelFile.read(tiny.run().resolve("model/provenance.json"), Provenance.class);
    Provenance found = ModelFile.read(run().resolve("model/provenance.json"), Provenance.class);
    assertThat(found.trained()).isEqualTo(expected.trained());
    assertThat(found.facts()).containsAllEntriesOf(expected.facts());
    assertThat(found.facts()).containsEntry("imported", "best.onnx");
  }

  @Test
  void verificationReportsTheLargestDifference() {
    Cli exported =
        Cli.run(
            "export", tiny.run(), "--to", "onnx", "--out", folder.resolve("m.onnx"), "--verify");

    assertThat(exported.err()).isEmpty();
    assertThat(exported.out())
        .containsPattern("64 random segments .* largest difference \\d\\.\\de-0[6-9]")
        .contains("0 different decisions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"concatenation", "attention"})
  void stateDictGivesTheProbabilitiesOfPyTorch(String name) throws IOException {
    succeed("import", TORCH.resolve(name + ".safetensors"), "--out", run());

    JsonNode expected =
        new ObjectMapper().readTree(TORCH.resolve(name + "-expected.json").toFile());
    assertThat(expected).hasSize(6);
    try (MultimodalModel model = MultimodalModel.load(run().resolve("model"))) {
      for (JsonNode each : expected) {
        Prediction found = model.predict(features(each.get("segment")));
        assertThat(found.probabilities()).hasSize(each.get("probabilities").size());
        for (int c = 0; c < found.probabilities().size(); c++) {
          assertThat(found.probabilities().get(c))
              .isCloseTo(each.get("probabilities").get(c).asDouble(), within(1e-5));
        }
      }
      assertThat(model.thresholds().perEmotion())
          .isEqualTo(
              name.equals("concatenation") ? List.of(0.5, 0.4, 0.6) : List.of(0.5, 0.5, 0.5, 0.5));
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
  void configurationsThatDoNotFitNameTheProblem() throws IOException {
    Path tensors = TORCH.resolve("concatenation.safetensors");
    String fitting = Files.readString(TORCH.resolve("concatenation.json"));

    assertRefused(tensors, fitting.replace("\"hidden\": 3", "\"hidden\": 4"), "expected shape [16");
    assertRefused(tensors, fitting.replace("\"gaze\": 2", "\"pose\": 2"), "encoders.gaze.");
    assertRefused(
        tensors, fitting.replace("\"inputs\"", "\"input\""), "lacks the setting model.inputs");
    assertRefused(
        tensors,
        fitting.replace("\"labels\": [", "\"names\": ["),
        "lacks the setting model.labels.labels");
    assertRefused(tensors, fitting.replace("hidden\": 3", "hiden\": 3"), "model.hidden?");
    assertRefused(tensors, fitting.replace("0.4,", ""), "3 classes needs as many thresholds");
    assertThat(run().resolve("model")).doesNotExist();
  }

  private void assertRefused(Path tensors, String config, String problem) {
    Path file = TinyData.text(folder.resolve("config.json"), config);
    assertFailed(Cli.run("import", tensors, "--config", file, "--out", run()), problem);
  }

  @Test
  void theFolderOfATrainingIsNeverReplaced() {
    Path tensors = TORCH.resolve("concatenation.safetensors");

    assertFailed(Cli.run("import", tensors, "--out", tiny.run()), "folder of a training run");
  }

  @Test
  void theImportedFileIsNeverReplaced() {
    succeed("import", TORCH.resolve("concatenation.safetensors"), "--out", run());
    Path own = run().resolve(TinyRun.TENSORS);

    assertFailed(
        Cli.run("import", own, "--config", run().resolve("model/config.json"), "--out", run()),
        "would replace the input");
  }

  @Test
  void modelsOfOtherProgramsAreNotReplaced() {
    succeed("import", TORCH.resolve("concatenation.safetensors"), "--out", run());
    TinyData.text(run().resolve(TinyRun.TENSORS), "another model");

    assertFailed(
        Cli.run("import", TORCH.resolve("attention.safetensors"), "--out", run()),
        "model.safetensors: exists, and is not an earlier output");
    assertThat(run().resolve(TinyRun.TENSORS)).hasContent("another model");
  }

  @Test
  void anotherImportReplacesTheWholeModel() throws IOException {
    succeed("import", TORCH.resolve("concatenation.safetensors"), "--out", run());
    byte[] first = Files.readAllBytes(run().resolve(TinyRun.TENSORS));

    succeed("import", TORCH.resolve("attention.safetensors"), "--out", run());

    assertThat(Files.readAllBytes(run().resolve(TinyRun.TENSORS))).isNotEqualTo(first);
    MultimodalModel.load(run().resolve("model")).close();
  }

  @Test
  void truncatedOnnxFilesLeaveNothing() throws IOException {
    Path file = folder.resolve("best.onnx");
    succeed("export", tiny.run(), "--to", "onnx", "--out", file);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertFailed(
        Cli.run("import", file, "--out", run()), "best.onnx: is not an ONNX file, or truncated");
    assertThat(run()).doesNotExist();
  }

  @Test
  void onnxExportsReplaceOnlyOnnxExports() throws IOException {
    Path file = TinyData.text(folder.resolve("best.onnx"), "another model");

    assertFailed(
        Cli.run("export", tiny.run(), "--to", "onnx", "--out", file),
        "best.onnx: exists, and is not an earlier output");
    assertThat(file).hasContent("another model");
    succeed("export", tiny.run(), "--to", "onnx", "--out", file, "--overwrite");
    succeed("export", tiny.run(), "--to", "onnx", "--out", file);
    assertFailed(
        Cli.run(
            "export",
            tiny.run(),
            "--to",
            "onnx",
            "--out",
            tiny.run().resolve("model/best.onnx"),
            "--overwrite"),
        "model/best.onnx");
  }

  @Test
  void onnxFilesOfOtherProgramsAreNamed() {
    Path file = TinyData.text(folder.resolve("other.onnx"), "\b\bpytorch");

    assertFailed(Cli.run("import", file, "--out", run()), "other.onnx: is not an ONNX file");
  }
}
