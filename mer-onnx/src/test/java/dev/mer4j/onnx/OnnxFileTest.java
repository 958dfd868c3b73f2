package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.mer4j.file.OutputFile;
import dev.mer4j.onnx.internal.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  void replacesOnlyOnnxFilesOfMer4j() throws IOException {
    ModelConfig config = TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build();
    Path file = TestModels.write(folder, config);
    byte[] first = Files.readAllBytes(file);

    assertThat(Files.readAllBytes(TestModels.write(folder, config))).isEqualTo(first);
    Files.write(
        file,
        ModelProto.parseFrom(first).toBuilder().setProducerName("pytorch").build().toByteArray());
    assertThatThrownBy(() -> TestModels.write(folder, config))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("model.onnx: exists, and is not");
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

    assertThatThrownBy(() -> TestModels.write(folder, config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'text_length'; rename the modality");
  }
}
