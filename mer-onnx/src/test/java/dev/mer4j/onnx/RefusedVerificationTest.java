package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.onnx.internal.proto.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that ONNX Runtime cannot run as the model are one error that names the file. */
class RefusedVerificationTest {
  private static final ModelConfig CONFIG =
      TestModels.config(Fusion.attentionSum(), LabelSet.MULTI_LABEL).build();

  @TempDir private Path folder;

  private static void assertRefused(Path file, ModelConfig config, String problem) {
    try (MultimodalModel model = TestModels.of(config)) {
      assertThatThrownBy(() -> OnnxVerification.of(file, model))
          .isInstanceOf(FileException.class)
          .hasMessageStartingWith(file + ": ")
          .hasMessageContaining(problem);
    }
  }

  private void assertChangeRefused(Consumer<ModelProto.Builder> change, String problem)
      throws IOException {
    Path file = TestModels.write(folder, CONFIG);
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model);
    Files.write(file, model.build().toByteArray());
    assertRefused(file, CONFIG, problem);
  }

  @Test
  void outputsOfTheModelAreRequired() throws IOException {
    assertChangeRefused(
        model -> model.getGraphBuilder().removeOutput(0), "lacks the output 'probabilities'");
    assertChangeRefused(
        model -> model.getGraphBuilder().removeOutput(1), "lacks the output 'decisions'");
    assertChangeRefused(
        model -> model.getGraphBuilder().removeOutput(2), "lacks the output 'calibrated'");
    assertChangeRefused(
        model -> model.getGraphBuilder().removeOutput(3), "lacks the output 'attention'");
  }

  @Test
  void outputsOfAnotherShapeAreRefused() {
    Path file = TestModels.write(folder, CONFIG);
    LabelSet seven = LabelSet.singleLabel(TieRule.NONE_CLASS);

    assertRefused(
        file,
        CONFIG.toBuilder().labels(seven).build(),
        "its output 'probabilities' is not FLOAT [B, 7], as that of the model");
  }

  @Test
  void inputsOfTheModelAreRequired() {
    PerModality<Integer> two = PerModality.of(Modality.TEXT, 3, Modality.AUDIO, 4);
    LabelSet labels = LabelSet.MULTI_LABEL;
    Path file =
        TestModels.write(
            folder, TestModels.config(Fusion.concatenation(), labels).inputs(two).build());

    assertRefused(
        file,
        TestModels.config(Fusion.concatenation(), labels).build(),
        "ONNX Runtime cannot run it");
  }

  @Test
  void cyclesAreRefused() throws IOException {
    assertChangeRefused(
        model ->
            model
                .getGraphBuilder()
                .getNodeBuilder(0)
                .setInput(0, model.getGraph().getOutput(0).getName()),
        "ONNX Runtime cannot load it");
  }

  @Test
  void unknownOperatorsAndOperatorSetsAreRefused() throws IOException {
    assertChangeRefused(
        model -> model.getGraphBuilder().getNodeBuilder(0).setOpType("Unknown"),
        "ONNX Runtime cannot load it");
    assertChangeRefused(
        model -> model.getOpsetImportBuilder(0).setVersion(9999), "ONNX Runtime cannot load it");
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    Path file = folder.resolve("truncated.onnx");
    byte[] whole = Files.readAllBytes(TestModels.write(folder, CONFIG));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertRefused(file, CONFIG, "ONNX Runtime cannot load it");
  }
}
