package dev.mer4j.onnx;

import com.google.protobuf.ByteString;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.file.Sha256;
import dev.mer4j.onnx.internal.proto.GraphProto;
import dev.mer4j.onnx.internal.proto.ModelProto;
import dev.mer4j.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Constants are checked before a model is allocated, even if the digest of the graph is right. */
class OnnxConstantsTest {
  @TempDir private Path folder;

  @Test
  void constantsThatDoNotFitTheConfigurationAreNamed() throws IOException {
    Path file =
        TestModels.write(
            folder, TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build());
    ModelProto written = ModelProto.parseFrom(Files.readAllBytes(file));

    assertForgeryRefused(
        file,
        written,
        (at, graph) -> graph.removeInitializer(at),
        "model.onnx: it has no constant head.0.weight");
    assertForgeryRefused(
        file,
        written,
        (at, graph) -> graph.getInitializerBuilder(at).setDims(1, Long.MAX_VALUE),
        "head.0.weight is FLOAT [7, 9223372036854775807], expected FLOAT [7, 30]");
    assertForgeryRefused(
        file,
        written,
        (at, graph) ->
            graph
                .getInitializerBuilder(at)
                .addAllDims(Collections.nCopies(100_000, Long.MIN_VALUE)),
        "head.0.weight is FLOAT of 100002 axes, expected FLOAT [7, 30]");
    assertForgeryRefused(
        file,
        written,
        (at, graph) -> graph.getInitializerBuilder(at).setDataType(TensorProto.DataType.INT8_VALUE),
        "head.0.weight is INT8 [7, 30], expected FLOAT [7, 30]");
    assertForgeryRefused(
        file,
        written,
        (at, graph) -> graph.getInitializerBuilder(at).setRawData(ByteString.copyFromUtf8("few")),
        "head.0.weight has 3 bytes of values, expected 840");
    assertForgeryRefused(
        file,
        written,
        (at, graph) ->
            graph
                .getInitializerBuilder(at)
                .clearRawData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL),
        "the values of its constant head.0.weight are in another file");
  }

  /** Changes a constant and the digest of the graph. */
  private static void assertForgeryRefused(
      Path file, ModelProto written, BiConsumer<Integer, GraphProto.Builder> change, String problem)
      throws IOException {
    ModelProto.Builder forged = written.toBuilder();
    GraphProto.Builder graph = forged.getGraphBuilder();
    int at = 0;
    while (!graph.getInitializer(at).getName().equals("head.0.weight")) {
      at++;
    }
    change.accept(at, graph);
    forged.getMetadataPropsBuilderList().stream()
        .filter(each -> each.getKey().equals("graph_sha256"))
        .forEach(each -> each.setValue(Sha256.of(graph.build().toByteArray())));
    RefusedOnnxFileTest.assertRefused(file, forged.build().toByteArray(), problem);
  }
}
