package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.mer4j.core.Contributions;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Predictions;
import dev.mer4j.core.encoder.Pooling;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the written files with ONNX Runtime, an independent implementation. The tolerance is 1e-5;
 * both compute in single precision, with other approximations of the exponential.
 */
class OnnxVerificationTest {
  private static final double TOLERANCE = 1e-5;

  /** Where files of every kind remain, for {@code check_onnx.py}. */
  private static final Path FILES = Path.of("target", "onnx");

  private static Stream<Arguments> models() {
    return Stream.of(
            Fusion.concatenation(),
            new Fusion.Attention(4),
            Fusion.attentionSum(),
            Fusion.additive(1),
            Fusion.additive(2),
            Fusion.additive(3))
        .flatMap(
            fusion ->
                Stream.of(
                        LabelSet.MULTI_LABEL,
                        LabelSet.singleLabel(TieRule.LEAVE_OUT),
                        LabelSet.singleLabel(TieRule.NONE_CLASS))
                    .flatMap(
                        labels ->
                            Stream.of(Pooling.values())
                                .map(pooling -> Arguments.of(fusion, labels, pooling))));
  }

  @ParameterizedTest
  @MethodSource("models")
  void onnxRuntimePredictsEverySegmentOfARaggedSet(
      Fusion fusion, LabelSet labels, Pooling pooling) {
    ModelConfig config = TestModels.config(fusion, labels).pooling(pooling).build();
    try (MultimodalModel model = TestModels.of(config)) {
      Path file = write(model);

      assertPassed(OnnxVerification.of(file, model, TestModels.SEGMENTS), 70);
      assertPassed(OnnxVerification.of(file, model), 64);
      assertDecisionsAreEqual(file, model);
    }
  }

  private static Path write(MultimodalModel model) {
    ModelConfig config = model.config();
    String name =
        List.of(
                config.fusion(),
                config.labels().task(),
                config.labels().ties(),
                config.pooling(),
                config.paddedBatch(),
                config.inputs().size())
            .toString();
    Path file = FILES.resolve(name.replaceAll("\\W+", "-").substring(1) + ".onnx");
    OnnxFile.write(model, file);
    return file;
  }

  private static void assertPassed(OnnxVerification verification, int segments) {
    assertThat(verification.segments()).isEqualTo(segments);
    assertThat(verification.largestDifference()).isLessThan(TOLERANCE);
    assertThat(verification.differentDecisions()).isZero();
    assertThat(verification.isPassed()).isTrue();
  }

  private static void assertDecisionsAreEqual(Path file, MultimodalModel model) {
    Predictions expected = model.predict(TestModels.SEGMENTS);
    try (RuntimeSession session = new RuntimeSession(file, model.config())) {
      boolean[][] decisions = session.run(TestModels.SEGMENTS, 0, 70).decisions();
      for (int s = 0; s < 70; s++) {
        for (int c = 0; c < decisions[s].length; c++) {
          assertThat(decisions[s][c]).isEqualTo(expected.predicted(s, c));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void paddedBatchesReadTheirPadding(Fusion fusion, LabelSet labels, Pooling pooling) {
    ModelConfig config = TestModels.config(fusion, labels).pooling(pooling).paddedBatch(8).build();
    try (MultimodalModel model = TestModels.of(config)) {
      assertPassed(OnnxVerification.of(write(model), model, TestModels.SEGMENTS), 70);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void segmentsWithoutModalitiesOrOfOneStepArePredicted(
      Fusion fusion, LabelSet labels, Pooling pooling) {
    ModelConfig config = TestModels.config(fusion, labels).pooling(pooling).build();
    Features one = new Features(1, 3, new float[] {5, 4, 6});
    SegmentSet step = segments(PerModality.of(Modality.TEXT, one));
    SegmentSet absent = segments(PerModality.of());
    try (MultimodalModel model = TestModels.of(config)) {
      Path file = write(model);

      assertPassed(OnnxVerification.of(file, model, step), 1);
      try (RuntimeSession session = new RuntimeSession(file, config)) {
        assertClose(
            session.run(absent, 0, 1).probabilities()[0],
            model.predict(absent, ModalitySet.NONE).rows().get(0).probabilities());
      }
    }
  }

  private static SegmentSet segments(PerModality<Features> features) {
    return SegmentList.of(
        List.of(new Segment(new SegmentId("v", 0), 0, 1, EmotionScores.UNLABELED, features)),
        Emotion.MOSEI);
  }

  @Test
  void eightModalitiesAndOwnLabels() {
    PerModality<Integer> widths =
        PerModality.of(
            ModalitySet.parse("text,audio,visual,gaze,pose,eeg,ecg,head").toList(), each -> 2);
    ModelConfig config =
        TestModels.config(
                Fusion.additive(2), LabelSet.multiLabel(Emotion.listOf("calm", "joy", "zeal")))
            .inputs(widths)
            .build();
    try (MultimodalModel model = TestModels.of(config)) {
      assertPassed(OnnxVerification.of(write(model), model), 512);
    }
  }

  @Test
  void rowsDoNotDependOnTheirBatch() {
    try (MultimodalModel model = TestModels.of(new Fusion.Attention(4), LabelSet.MULTI_LABEL);
        RuntimeSession session = new RuntimeSession(write(model), model.config())) {
      List<Prediction> expected = model.predict(TestModels.SEGMENTS).rows();
      for (int s = 0; s < 10; s++) {
        assertClose(
            session.run(TestModels.SEGMENTS, s, s + 1).probabilities()[0],
            expected.get(s).probabilities());
      }
    }
  }

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
    try (MultimodalModel model = TestModels.of(config);
        OrtSession session =
            OrtEnvironment.getEnvironment().createSession(write(model).toString())) {
      List<Double> expected = model.predict(Map.of(Modality.TEXT, row)).probabilities();

      float[][] found =
          withoutAudio(
              session,
              new float[][][] {
                {row[0], row[1], missing, missing}, {row[1], row[1], row[1], row[1]}
              },
              new long[] {2, 4});

      assertClose(found[0], expected);
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

  @Test
  void attentionIsThatOfThePrediction() {
    for (Fusion fusion : List.of(new Fusion.Attention(4), Fusion.attentionSum())) {
      try (MultimodalModel model = TestModels.of(fusion, LabelSet.MULTI_LABEL);
          RuntimeSession session = new RuntimeSession(write(model), model.config())) {
        RuntimeSession.Outputs found = session.run(TestModels.SEGMENTS, 0, 20);
        List<Prediction> expected = model.predict(TestModels.SEGMENTS).rows();
        for (int s = 0; s < 20; s++) {
          Prediction row = expected.get(s);
          assertClose(
              found.attention()[s],
              model.config().inputs().modalities().stream()
                  .map(modality -> row.attention().find(modality).orElse(0.0))
                  .toList());
        }
        assertThat(found.contributions()).isEmpty();
      }
    }
  }

  @Test
  void contributionsAreThoseOfThePrediction() {
    try (MultimodalModel model = TestModels.of(Fusion.additive(2), LabelSet.MULTI_LABEL);
        RuntimeSession session = new RuntimeSession(write(model), model.config())) {
      List<ModalitySet> terms = model.config().head().terms();
      RuntimeSession.Outputs found = session.run(TestModels.SEGMENTS, 0, 20);
      List<Prediction> expected = model.predict(TestModels.SEGMENTS).rows();
      for (int s = 0; s < 20; s++) {
        Contributions own = expected.get(s).contributions().orElseThrow();
        List<Double> flat = new ArrayList<>(own.bias());
        for (ModalitySet term : terms) {
          flat.addAll(
              own.terms().stream()
                  .filter(each -> each.modalities().equals(term))
                  .map(Contributions.Term::values)
                  .findFirst()
                  .orElse(Collections.nCopies(6, 0.0)));
        }
        float[][] row = found.contributions()[s];
        assertThat(row).hasDimensions(1 + terms.size(), 6);
        for (int i = 0; i < flat.size(); i++) {
          assertThat((double) row[i / 6][i % 6]).isCloseTo(flat.get(i), within(TOLERANCE));
        }
      }
      assertThat(found.attention()).isEmpty();
    }
  }

  @Test
  void calibratedProbabilitiesAreThoseOfThePrediction() {
    for (LabelSet labels : List.of(LabelSet.MULTI_LABEL, LabelSet.singleLabel(TieRule.LEAVE_OUT))) {
      try (MultimodalModel model = TestModels.of(Fusion.concatenation(), labels);
          RuntimeSession session = new RuntimeSession(write(model), model.config())) {
        float[][] found = session.run(TestModels.SEGMENTS, 0, 20).calibrated();
        Predictions expected = model.predict(TestModels.SEGMENTS);
        for (int s = 0; s < 20; s++) {
          assertClose(found[s], expected.calibrated(s));
        }
      }
    }
  }

  @Test
  void aFileOfAnotherModelDoesNotPass() {
    try (MultimodalModel model = TestModels.of(Fusion.concatenation(), LabelSet.MULTI_LABEL)) {
      Path file = write(model);
      model.parameters().values()[0] += 1;

      assertThat(OnnxVerification.of(file, model).isPassed()).isFalse();
    }
  }

  private static void assertClose(float[] found, List<Double> expected) {
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected.get(i), within(TOLERANCE));
    }
  }
}
