package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.ByteString;
import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.TermMeans;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.file.OutputFile;
import dev.mer4j.file.Sha256;
import dev.mer4j.onnx.internal.proto.GraphProto;
import dev.mer4j.onnx.internal.proto.ModelProto;
import dev.mer4j.onnx.internal.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OnnxFileTest {
  @TempDir private Path folder;

  private static Stream<Fusion> fusions() {
    return Stream.of(
        Fusion.concatenation(), new Fusion.Attention(4), Fusion.attentionSum(), Fusion.additive(2));
  }

  @ParameterizedTest
  @MethodSource("fusions")
  void readsTheModelThatItWrote(Fusion fusion) {
    Path file = folder.resolve("model.onnx");
    Provenance provenance = new Provenance(Map.of("seed", "3"));
    ModelConfig config =
        TestModels.config(fusion, LabelSet.MULTI_LABEL).pooling(Pooling.ATTENTION).build();
    try (MultimodalModel model = TestModels.of(config)) {
      if (fusion instanceof Fusion.Additive) {
        model.setTermMeans(
            new TermMeans(
                Map.of(
                    ModalitySet.of(Modality.TEXT, Modality.AUDIO),
                    List.of(0.0, 1.0, -1.0, 0.5, 2.0, 0.0))));
      }
      OnnxFile.write(model, provenance, OutputFile.of(file, OnnxFile.MARK));
      try (MultimodalModel read = OnnxFile.read(file)) {
        assertThat(read.config()).isEqualTo(model.config());
        assertThat(read.parameters().values()).isEqualTo(model.parameters().values());
        assertThat(read.thresholds()).isEqualTo(model.thresholds());
        assertThat(read.temperatures()).isEqualTo(model.temperatures());
        assertThat(read.termMeans()).isEqualTo(model.termMeans());
        assertThat(read.predict(TestModels.SEGMENTS)).isEqualTo(model.predict(TestModels.SEGMENTS));
      }
    }
    assertThat(OnnxFile.provenance(file)).isEqualTo(provenance);
  }

  @Test
  void inputsAndOutputsHaveNamesAndShapes() throws OrtException {
    Path file = write(TestModels.config(Fusion.additive(2), LabelSet.MULTI_LABEL).build());
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
      assertThat(session.getInputNames())
          .containsExactly(
              "text", "text_length", "audio", "audio_length", "visual", "visual_length");
      assertThat(shape(session.getInputInfo().get("text").getInfo())).isEqualTo("[B, T_text, 3]");
      assertThat(shape(session.getInputInfo().get("text_length").getInfo())).isEqualTo("[B]");
      assertThat(session.getOutputNames())
          .containsExactly("probabilities", "decisions", "calibrated", "contributions");
      assertThat(shape(session.getOutputInfo().get("probabilities").getInfo())).isEqualTo("[B, 6]");
      assertThat(shape(session.getOutputInfo().get("contributions").getInfo()))
          .isEqualTo("[B, 7, 6]");
      assertThat(session.getMetadata().getProducerName()).isEqualTo("mer4j");
      Map<String, String> metadata = session.getMetadata().getCustomMetadata();
      assertThat(metadata)
          .containsEntry("modalities", "[\"text\",\"audio\",\"visual\"]")
          .containsEntry("task", "\"multi_label\"")
          .containsKeys(
              "labels",
              "thresholds",
              "temperatures",
              "term_means",
              "model",
              "provenance",
              "graph_sha256");
      assertThat(metadata.get("terms")).contains("\"text+audio\"");
    }
  }

  private static String shape(Object info) {
    TensorInfo tensor = (TensorInfo) info;
    String[] names = tensor.getDimensionNames();
    long[] extents = tensor.getShape();
    String[] shown = new String[extents.length];
    Arrays.setAll(shown, d -> extents[d] < 0 ? names[d] : Long.toString(extents[d]));
    return Arrays.toString(shown);
  }

  @Test
  void theClassNoneIsTheLastOfTheLabels() throws OrtException {
    Path file =
        write(
            TestModels.config(Fusion.concatenation(), LabelSet.singleLabel(TieRule.NONE_CLASS))
                .build());
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
      assertThat(session.getMetadata().getCustomMetadata().get("labels")).endsWith("\"none\"]");
    }
  }

  private Path write(ModelConfig config) {
    Path file = folder.resolve("model.onnx");
    try (MultimodalModel model = TestModels.of(config)) {
      OnnxFile.write(model, file);
    }
    return file;
  }

  @Test
  void replacesOnlyOnnxFilesOfMer4j() throws IOException {
    ModelConfig config = TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build();
    Path file = write(config);
    byte[] first = Files.readAllBytes(file);

    assertThat(Files.readAllBytes(write(config))).isEqualTo(first);
    Files.write(
        file,
        ModelProto.parseFrom(first).toBuilder().setProducerName("pytorch").build().toByteArray());
    assertThatThrownBy(() -> write(config))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("model.onnx: exists, and is not");
  }

  @Test
  void filesOfOtherProgramsAndChangedGraphsAreRefused() throws IOException {
    Path file = write(TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build());
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
  void constantsThatDoNotFitTheConfigurationAreNamed() throws IOException {
    Path file = write(TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build());
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
    assertRefused(file, forged.build().toByteArray(), problem);
  }

  @Test
  void otherMetadataCauseNothingButAFileException() throws IOException {
    Path file = write(TestModels.config(Fusion.additive(2), LabelSet.MULTI_LABEL).build());
    ModelProto written = ModelProto.parseFrom(Files.readAllBytes(file));
    for (int key = 0; key < written.getMetadataPropsCount(); key++) {
      for (String value :
          List.of("", "null", "0", "[]", "{}", "[null]", "{\"text\":null}", "{\"text\":[null]}")) {
        ModelProto.Builder changed = written.toBuilder();
        changed.getMetadataPropsBuilder(key).setValue(value);
        assertReadsOrIsRefused(file, changed.build().toByteArray());
      }
    }
  }

  @Test
  void changedBytesCauseNothingButAFileException() throws IOException {
    Path file = write(TestModels.config(Fusion.attention(), LabelSet.MULTI_LABEL).build());
    byte[] written = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] changed = Arrays.copyOf(written, i % 3 > 0 ? written.length : random.nextInt(3000));
      for (int change = 0; change < 3 && changed.length > 0; change++) {
        int at = random.nextInt(i % 3 == 1 ? Math.min(200, changed.length) : changed.length);
        changed[at] = (byte) random.nextInt();
      }
      assertReadsOrIsRefused(file, changed);
    }
  }

  private static void assertReadsOrIsRefused(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    try {
      OnnxFile.read(file).close();
      OnnxFile.provenance(file);
    } catch (FileException e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
    }
  }

  @Test
  void hugeConfigurationsAllocateNothing() throws IOException {
    Path file = write(TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build());
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getMetadataPropsBuilderList().stream()
        .filter(each -> each.getKey().equals("model"))
        .forEach(each -> each.setValue(each.getValue().replace("\"hidden\":5", "\"hidden\":4096")));

    assertRefused(
        file,
        model.build().toByteArray(),
        "encoders.text.W is FLOAT [2, 20, 3], expected FLOAT [2, 16384, 3]");
  }

  private static void assertRefused(Path file, byte[] content, String problem) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> OnnxFile.read(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void invalidMetadataNameTheFileAndTheKey() throws IOException {
    Path file = write(TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build());
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    model.getMetadataPropsBuilderList().stream()
        .filter(each -> each.getKey().equals("model"))
        .forEach(each -> each.setValue(each.getValue().replace("\"hidden\":5", "\"hidden\":0")));

    assertRefused(
        file, model.build().toByteArray(), "its metadata 'model' is invalid: model: hidden");
  }

  @Test
  void encodersThatComputeAnotherFunctionAreRefused() {
    Path file = folder.resolve("model.onnx");
    try (MultimodalModel model =
        MultimodalModel.builder()
            .input(Modality.TEXT, 2)
            .backend(OtherFunctionBackend.NAME)
            .build()) {
      assertThatThrownBy(() -> OnnxFile.write(model, file))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "the model's encoders compute 'other'; only those that compute 'lstm' can be written"
                  + " as ONNX");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void modalitiesWithNamesOfTheGraphAreRefused() {
    PerModality<Integer> widths = PerModality.of(Modality.TEXT, 2, Modality.of("text_length"), 3);
    ModelConfig config =
        TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).inputs(widths).build();

    assertThatThrownBy(() -> write(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'text_length'; rename the modality");
  }
}
