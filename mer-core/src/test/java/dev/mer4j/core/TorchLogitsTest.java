package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.internal.io.ModelFile;
import dev.mer4j.core.internal.io.Safetensors;
import dev.mer4j.core.internal.io.Tensor;
import dev.mer4j.core.parameter.ParameterView;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares exported models with PyTorch, which loaded the files under {@code resources/torch} into
 * its own modules and wrote the logits; see {@code src/test/python/torch_logits.py}. The tolerance
 * is 1e-4; the error of single precision over nine steps is about 1e-6.
 */
class TorchLogitsTest {
  private static final Path EXPORTED = Path.of("src/test/resources/torch");
  private static final Map<String, Fusion> FUSIONS =
      Map.of(
          "concatenation",
          Fusion.concatenation(),
          "attention",
          new Fusion.Attention(4),
          "attention-sum",
          Fusion.attentionSum(),
          "additive",
          Fusion.additive(2));

  @ParameterizedTest
  @ValueSource(strings = {"concatenation", "attention", "attention-sum", "pooled"})
  void exportedModelGivesTheLogitsOfPyTorch(String fusion) throws IOException {
    JsonNode expected =
        new ObjectMapper().readTree(EXPORTED.resolve("logits.json").toFile()).get(fusion);
    try (MultimodalModel model = MultimodalModel.load(EXPORTED.resolve(fusion))) {
      List<Prediction> predictions = model.predict(TorchModel.SEGMENTS).rows();
      assertThat(predictions).hasSize(expected.size());
      for (int i = 0; i < predictions.size(); i++) {
        for (int c = 0; c < 6; c++) {
          double p = predictions.get(i).probabilities().get(c);
          assertThat(Math.log(p / (1 - p)))
              .isCloseTo(expected.get(i).get(c).asDouble(), within(1e-4));
        }
      }
    }
  }

  @Test
  void exportedModelGivesTheTermsOfPyTorch() throws IOException {
    JsonNode expected =
        new ObjectMapper().readTree(EXPORTED.resolve("logits.json").toFile()).get("additive");
    try (MultimodalModel model = MultimodalModel.load(EXPORTED.resolve("additive"))) {
      List<Prediction> predictions = model.predict(TorchModel.SEGMENTS).rows();
      assertThat(predictions).hasSize(expected.size());
      for (int i = 0; i < predictions.size(); i++) {
        Contributions found = predictions.get(i).contributions().orElseThrow();
        assertClose(found.logits(), expected.get(i).get("logits"));
        JsonNode terms = expected.get(i).get("terms");
        assertThat(found.terms()).hasSize(terms.size());
        for (Contributions.Term term : found.terms()) {
          assertClose(term.values(), terms.get(term.modalities().toString()));
        }
      }
    }
  }

  /**
   * Compares the gradient of every parameter. The tolerance is 2e-6 of the tensor's norm; the error
   * of single precision over nine steps is about 2e-7.
   */
  @Test
  void gradientsOfPoolingAreThoseOfPyTorch() {
    Map<String, Tensor> expected = Safetensors.read(EXPORTED.resolve("gradients.safetensors"));
    int count = TorchModel.SEGMENTS.size();
    try (MultimodalModel model = MultimodalModel.load(EXPORTED.resolve("pooled"))) {
      Batcher batches =
          Batcher.builder(TorchModel.SEGMENTS)
              .batchSize(count)
              .standardization(model.standardization())
              .build();
      try (TrainingSession session = GradientSessions.start(model, batches)) {
        Batch batch = batches.inOrder().get(0);
        assertThat(batch.size()).isEqualTo(count);
        GradientSessions.step(session, batch, batch.presence(), new Seeds(1).stream("none"));
        assertThat(expected).hasSameSizeAs(model.parameters().views());
        for (ParameterView view : model.parameters().views()) {
          Tensor tensor = Objects.requireNonNull(expected.get(view.name()));
          assertThat(tensor.shape()).isEqualTo(view.shape());
          double difference = 0;
          double norm = 0;
          for (int i = 0; i < view.size(); i++) {
            double wanted = tensor.values()[i];
            double found = session.gradient()[view.offset() + i];
            difference += (found - wanted) * (found - wanted);
            norm += wanted * wanted;
          }
          assertThat(norm).as(view.name()).isPositive();
          assertThat(Math.sqrt(difference / norm)).as(view.name()).isLessThan(2e-6);
        }
      }
    }
  }

  private static void assertClose(List<Double> found, JsonNode expected) {
    assertThat(found).hasSize(expected.size());
    for (int c = 0; c < found.size(); c++) {
      assertThat(found.get(c)).isCloseTo(expected.get(c).asDouble(), within(1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"concatenation", "attention", "attention-sum", "additive", "pooled"})
  void exportEqualsTheFilesThatPyTorchRead(String fusion, @TempDir Path folder) throws IOException {
    if (fusion.equals("pooled")) {
      TorchModel.savePooled(folder);
    } else {
      TorchModel.save(Objects.requireNonNull(FUSIONS.get(fusion)), folder);
    }
    String tensors = "model.safetensors";
    assertThat(folder.resolve(tensors))
        .hasSameBinaryContentAs(EXPORTED.resolve(fusion).resolve(tensors));
    ModelFolder.Contents written =
        ModelFile.read(folder.resolve("config.json"), ModelFolder.Contents.class);
    ModelFolder.Contents exported =
        ModelFile.read(EXPORTED.resolve(fusion).resolve("config.json"), ModelFolder.Contents.class);
    assertThat(written.model()).isEqualTo(exported.model());
    assertThat(written.thresholds()).isEqualTo(exported.thresholds());
  }
}
