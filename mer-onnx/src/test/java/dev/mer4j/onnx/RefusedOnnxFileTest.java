package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.onnx.internal.proto.AttributeProto;
import dev.mer4j.onnx.internal.proto.GraphProto;
import dev.mer4j.onnx.internal.proto.ModelProto;
import dev.mer4j.onnx.internal.proto.NodeProto;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not models are one error that names the file. */
class RefusedOnnxFileTest {
  @TempDir private Path folder;

  @Test
  void filesOfOtherProgramsAndChangedGraphsAreRefused() throws IOException {
    Path file = written();
    ModelProto written = ModelProto.parseFrom(Files.readAllBytes(file));
    ModelProto.Builder changed = written.toBuilder();
    changed.getGraphBuilder().getNodeBuilder(0).setOpType("Add");

    assertRefused(file, changed.build().toByteArray(), "its graph was changed");
    assertRefused(
        file,
        written.toBuilder().clearMetadataProps().build().toByteArray(),
        "is not an ONNX file of mer4j");
    assertRefused(
        file,
        written.toBuilder().setProducerName("pytorch").build().toByteArray(),
        "is not an ONNX file of mer4j");
    assertRefused(
        file, Arrays.copyOf(written.toByteArray(), 500), "is not an ONNX file, or truncated");
    Files.delete(file);
    assertThatThrownBy(() -> OnnxFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": no such file");
  }

  @Test
  void hugeConfigurationsAllocateNothing() throws IOException {
    Path file = written();
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getMetadataPropsBuilderList().stream()
        .filter(each -> each.getKey().equals("model"))
        .forEach(each -> each.setValue(each.getValue().replace("\"hidden\":5", "\"hidden\":4096")));

    assertRefused(
        file,
        model.build().toByteArray(),
        "encoders.text.W is FLOAT [2, 20, 3], expected FLOAT [2, 16384, 3]");
  }

  static void assertRefused(Path file, byte[] content, String problem) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> OnnxFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void invalidMetadataNameTheFileAndTheKey() throws IOException {
    Path file = written();
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getMetadataPropsBuilderList().stream()
        .filter(each -> each.getKey().equals("model"))
        .forEach(each -> each.setValue(each.getValue().replace("\"hidden\":5", "\"hidden\":0")));

    assertRefused(
        file, model.build().toByteArray(), "its metadata 'model' is invalid: model: hidden");
  }

  @Test
  void bytesAfterTheModelAreRefused() throws IOException {
    Path file = written();
    byte[] whole = Files.readAllBytes(file);

    assertRefused(file, concatenated(whole, new byte[8]), "is not an ONNX file, or truncated");
    assertRefused(
        file,
        concatenated(whole, "garbage".getBytes(StandardCharsets.UTF_8)),
        "is not an ONNX file, or truncated");
    assertRefused(file, concatenated(whole, whole), "its graph was changed");
  }

  private Path written() {
    return TestModels.write(
        folder, TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build());
  }

  private static byte[] concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Test
  void negativeLengthsAreRefused() throws IOException {
    byte[] graphOfMinusOneBytes = {0x3a, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};

    assertRefused(
        folder.resolve("model.onnx"), graphOfMinusOneBytes, "is not an ONNX file, or truncated");
  }

  @Test
  void deeplyNestedGraphsAreRefused() throws IOException {
    GraphProto graph = GraphProto.getDefaultInstance();
    for (int level = 0; level < 100; level++) {
      AttributeProto body = AttributeProto.newBuilder().setG(graph).build();
      graph = GraphProto.newBuilder().addNode(NodeProto.newBuilder().addAttribute(body)).build();
    }
    assertRefused(
        folder.resolve("model.onnx"),
        ModelProto.newBuilder().setGraph(graph).build().toByteArray(),
        "is not an ONNX file, or truncated");
  }

  @Test
  void emptyFilesAreRefused() throws IOException {
    assertRefused(folder.resolve("model.onnx"), new byte[0], "is not an ONNX file of mer4j");
  }

  @Test
  void foldersAreRefused() {
    assertThatThrownBy(() -> OnnxFile.read(folder))
        .isInstanceOf(FileException.class)
        .hasMessageStartingWith(folder + ": cannot be read: ");
  }

  @Test
  void filesAboveTwoGibibytesAreNotRead() throws IOException {
    Path file = folder.resolve("model.onnx");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 31);
    }
    assertThatThrownBy(() -> OnnxFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessage(file + ": is not an ONNX file: larger than 2 GiB");
  }

  @Test
  void metadataWithMoreThanOneValueAreRefused() throws IOException {
    Path file = written();
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getMetadataPropsBuilderList().stream()
        .filter(each -> each.getKey().equals("thresholds"))
        .forEach(each -> each.setValue(each.getValue() + "{}"));

    assertRefused(file, model.build().toByteArray(), "its metadata 'thresholds' is invalid");
  }

  /** The digest covers the graph; the import reads its constants, whatever runs the nodes. */
  @Test
  void versionsOfTheFormatAreNotRead() throws IOException {
    Path file = written();
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.setIrVersion(99).getOpsetImportBuilder(0).setVersion(99);
    Files.write(file, model.build().toByteArray());

    OnnxFile.read(file).close();
  }
}
