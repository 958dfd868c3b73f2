package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.Contributions;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the written files with ONNX Runtime, an independent implementation. The tolerance is 1e-5;
 * both compute in single precision, with other approximations of the exponential.
 */
class OnnxVerificationTest {
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  private static Stream<Arguments> fusionsAndTasks() {
    return Stream.of(
            Fusion.concatenation(),
            new Fusion.Attention(4),
            Fusion.additive(1),
            Fusion.additive(2),
            Fusion.additive(3))
        .flatMap(
            fusion ->
                Stream.of(
                        LabelSet.MULTI_LABEL,
                        LabelSet.singleLabel(TieRule.LEAVE_OUT),
                        LabelSet.singleLabel(TieRule.NONE_CLASS))
                    .map(labels -> Arguments.of(fusion, labels)));
  }

  @ParameterizedTest
  @MethodSource("fusionsAndTasks")
  void onnxRuntimePredictsEverySegmentOfARaggedSet(Fusion fusion, LabelSet labels) {
    try (MultimodalModel model = TestModels.of(fusion, labels)) {
      Path file = write(model);

      assertPassed(OnnxVerification.of(file, model, TestModels.SEGMENTS), 70);
      assertPassed(OnnxVerification.of(file, model), 64);
    }
  }

  private Path write(MultimodalModel model) {
    Path file = folder.resolve("model.onnx");
    OnnxFile.write(model, file);
    return file;
  }

  private static void assertPassed(OnnxVerification verification, int segments) {
    assertThat(verification.segments()).isEqualTo(segments);
    assertThat(verification.largestDifference()).isLessThan(TOLERANCE);
    assertThat(verification.differentDecisions()).isZero();
    assertThat(verification.isPassed()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("fusionsAndTasks")
  void paddedBatchesReadTheirPadding(Fusion fusion, LabelSet labels) {
    try (MultimodalModel model =
        TestModels.of(TestModels.config(fusion, labels).paddedBatch(8).build())) {
      assertPassed(OnnxVerification.of(write(model), model, TestModels.SEGMENTS), 70);
    }
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

  @Test
  void attentionIsThatOfThePrediction() {
    try (MultimodalModel model = TestModels.of(new Fusion.Attention(4), LabelSet.MULTI_LABEL);
        RuntimeSession session = new RuntimeSession(write(model), model.config())) {
      RuntimeSession.Outputs found = session.run(TestModels.SEGMENTS, 0, 20);
      for (int s = 0; s < 20; s++) {
        Prediction expected = model.predict(TestModels.SEGMENTS).rows().get(s);
        List<Modality> modalities = model.config().inputs().modalities();
        assertClose(
            found.attention()[s],
            modalities.stream()
                .map(modality -> expected.attention().find(modality).orElse(0.0))
                .toList());
      }
      assertThat(found.contributions()).isEmpty();
    }
  }

  @Test
  void contributionsAreThoseOfThePrediction() {
    try (MultimodalModel model = TestModels.of(Fusion.additive(2), LabelSet.MULTI_LABEL);
        RuntimeSession session = new RuntimeSession(write(model), model.config())) {
      List<ModalitySet> terms = model.config().head().terms();
      RuntimeSession.Outputs found = session.run(TestModels.SEGMENTS, 0, 20);
      for (int s = 0; s < 20; s++) {
        float[][] row = found.contributions()[s];
        Contributions expected =
            model.predict(TestModels.SEGMENTS).rows().get(s).contributions().orElseThrow();
        assertThat(row).hasDimensions(1 + terms.size(), 6);
        assertClose(row[0], expected.bias());
        for (int t = 0; t < terms.size(); t++) {
          ModalitySet term = terms.get(t);
          List<Double> values =
              expected.terms().stream()
                  .filter(each -> each.modalities().equals(term))
                  .map(Contributions.Term::values)
                  .findFirst()
                  .orElse(List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0));
          assertClose(row[1 + t], values);
        }
      }
      assertThat(found.attention()).isEmpty();
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

  @Test
  void segmentsOfOneStepArePredicted() {
    try (MultimodalModel model = TestModels.of(Fusion.concatenation(), LabelSet.MULTI_LABEL)) {
      Features one = new Features(1, 3, new float[] {5, 4, 6});
      SegmentSet segments =
          SegmentList.of(
              List.of(
                  new Segment(
                      new SegmentId("v", 0),
                      0,
                      1,
                      EmotionScores.UNLABELED,
                      PerModality.of(Modality.TEXT, one))),
              Emotion.MOSEI);

      assertPassed(OnnxVerification.of(write(model), model, segments), 1);
    }
  }

  private static void assertClose(float[] found, List<Double> expected) {
    assertThat(found).hasSize(expected.size());
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected.get(i), within(TOLERANCE));
    }
  }
}
