package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inputs, outputs and metadata that other programs see. */
class OnnxSignatureTest {
  @TempDir private Path folder;

  @Test
  void inputsAndOutputsHaveNamesAndShapes() throws OrtException {
    Path file =
        TestModels.write(
            folder, TestModels.config(Fusion.additive(2), LabelSet.MULTI_LABEL).build());
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
        TestModels.write(
            folder,
            TestModels.config(Fusion.concatenation(), LabelSet.singleLabel(TieRule.NONE_CLASS))
                .build());
    try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
      assertThat(session.getMetadata().getCustomMetadata().get("labels")).endsWith("\"none\"]");
    }
  }
}
