package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.data.Modality;
import dev.mer4j.onnx.OnnxFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java code of {@code onnx.md}. */
class OnnxTest {
  private static final float[][] TEXT = {{1, 0, 2}, {0, 1, 1}};

  @TempDir private Path folder;

  @Test
  void exampleOfTheGuidePredictsAsTheModel() throws OrtException {
    Path file = folder.resolve("model.onnx");
    Prediction expected;
    try (MultimodalModel model =
        MultimodalModel.builder()
            .input(Modality.TEXT, 3)
            .input(Modality.of("gaze"), 2)
            .hidden(4)
            .headHidden(5)
            .build()) {
      OnnxFile.write(model, file);
      expected = model.predict(Map.of(Modality.TEXT, TEXT));
    }
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      predict(file, TEXT);
    } finally {
      System.setOut(console);
    }

    String[] values =
        printed.toString(StandardCharsets.UTF_8).strip().replaceAll("[\\[\\]]", "").split(", ", -1);
    assertThat(Arrays.stream(values).mapToDouble(Double::parseDouble).toArray())
        .usingComparatorWithPrecision(1e-5)
        .containsExactly(
            expected.probabilities().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static void predict(Path file, float[][] text) throws OrtException {
    // tag::onnx[]
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString())) {
      Map<String, OnnxTensor> inputs = new HashMap<>();
      inputs.put("text", OnnxTensor.createTensor(environment, new float[][][] {text}));
      inputs.put("text_length", OnnxTensor.createTensor(environment, new long[] {text.length}));
      inputs.put("gaze", OnnxTensor.createTensor(environment, new float[1][1][2]));
      inputs.put("gaze_length", OnnxTensor.createTensor(environment, new long[] {0}));
      try (OrtSession.Result result = session.run(inputs)) {
        float[][] probabilities = (float[][]) result.get("probabilities").orElseThrow().getValue();
        System.out.println(Arrays.toString(probabilities[0]));
      } finally {
        inputs.values().forEach(OnnxTensor::close);
      }
    }
    // end::onnx[]
  }
}
