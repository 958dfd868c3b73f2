package dev.mer4j.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.label.LabelSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxPaddingTest {
  @ParameterizedTest
  @EnumSource(Pooling.class)
  void valuesOfThePaddingAreNotRead(Pooling pooling) throws OrtException {
    ModelConfig config =
        TestModels.config(Fusion.additive(2), LabelSet.MULTI_LABEL)
            .inputs(PerModality.of(Modality.TEXT, 3, Modality.AUDIO, 4))
            .pooling(pooling)
            .build();
    float[][] row = {{5, 4, 6}, {6, 4, 5}};
    float[] missing = {Float.NaN, Float.NaN, Float.NaN};
    try (Exported exported = Exported.of(config);
        OrtSession session =
            OrtEnvironment.getEnvironment().createSession(exported.file().toString())) {
      List<Double> expected = exported.model().predict(Map.of(Modality.TEXT, row)).probabilities();

      float[][] found =
          withoutAudio(
              session,
              new float[][][] {
                {row[0], row[1], missing, missing}, {row[1], row[1], row[1], row[1]}
              },
              new long[] {2, 4});

      OutputAssertions.assertClose(found[0], expected);
    }
  }

  /** Returns the probabilities of a model of text and audio for segments without audio. */
  private static float[][] withoutAudio(OrtSession session, float[][][] text, long[] lengths)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor features = OnnxTensor.createTensor(environment, text);
        OnnxTensor length = OnnxTensor.createTensor(environment, lengths);
        OnnxTensor audio = OnnxTensor.createTensor(environment, new float[text.length][1][4]);
        OnnxTensor absent = OnnxTensor.createTensor(environment, new long[text.length])) {
      Map<String, OnnxTensor> inputs =
          Map.of("text", features, "text_length", length, "audio", audio, "audio_length", absent);
      try (OrtSession.Result result = session.run(inputs)) {
        return (float[][]) result.get("probabilities").orElseThrow().getValue();
      }
    }
  }
}
