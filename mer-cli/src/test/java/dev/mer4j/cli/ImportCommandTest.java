package dev.mer4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.provenance.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void evaluateNeverReplacesAnImportedModel() {
    succeed("import", TORCH.resolve("attention.safetensors"), "--out", run());
    Path tensors = run().resolve(TinyRun.TENSORS);

    Cli refused =
        Cli.run("evaluate", tiny.run(), tiny.store(), "--out", tensors.getParent(), "--overwrite");

    assertFailed(refused, "contains another output of this program: config.json");
    assertThat(tensors).isRegularFile();
  }
}
