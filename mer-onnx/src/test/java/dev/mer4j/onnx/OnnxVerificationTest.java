package dev.mer4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the written files with ONNX Runtime, an independent implementation. The models have every
 * pair of fusion and labels, of fusion and pooling, and of labels and pooling. The tolerance is
 * 1e-5; both compute in single precision, with other approximations of the exponential.
 */
class OnnxVerificationTest {
  private static final List<Exported> MODELS = new ArrayList<>();

  @BeforeAll
  static void export() {
    configs(0).forEach(config -> MODELS.add(Exported.of(config)));
  }

  private static List<ModelConfig> configs(int paddedBatch) {
    List<ModelConfig> configs = new ArrayList<>();
    for (Fusion fusion :
        List.of(
            Fusion.concatenation(),
            new Fusion.Attention(4),
            Fusion.attentionSum(),
            Fusion.additive(1),
            Fusion.additive(2),
            Fusion.additive(3))) {
      for (LabelSet labels :
          List.of(
              LabelSet.MULTI_LABEL,
              LabelSet.singleLabel(TieRule.LEAVE_OUT),
              LabelSet.singleLabel(TieRule.NONE_CLASS))) {
        Pooling pooling = Pooling.values()[configs.size() % 2];
        configs.add(
            TestModels.config(fusion, labels).pooling(pooling).paddedBatch(paddedBatch).build());
      }
    }
    return configs;
  }

  private static List<Exported> models() {
    return MODELS;
  }

  /** Returns one model of each fusion; both poolings have all labels. */
  private static List<ModelConfig> padded() {
    List<ModelConfig> all = configs(8);
    return IntStream.range(0, all.size() / 3).mapToObj(f -> all.get(3 * f + f % 3)).toList();
  }

  @AfterAll
  static void close() {
    MODELS.forEach(Exported::close);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("models")
  void onnxRuntimePredictsEverySegmentOfARaggedSet(Exported exported) {
    assertPassed(exported, TestModels.SEGMENTS);
    assertPassed(exported, new RandomSegments(exported.model()).segments());
  }

  private static void assertPassed(Exported exported, SegmentSet segments) {
    assertPassed(
        OnnxVerification.of(exported.session(), exported.model(), segments), segments.size());
  }

  private static void assertPassed(OnnxVerification verification, int segments) {
    assertThat(verification.segments()).isEqualTo(segments);
    assertThat(verification.largestDifference()).isLessThan(1e-5);
    assertThat(verification.differentDecisions()).isZero();
    assertThat(verification.isPassed()).isTrue();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("models")
  void decisionsAreThoseOfThePrediction(Exported exported) {
    Predictions expected = exported.model().predict(TestModels.SEGMENTS);
    boolean[][] decisions = exported.session().run(TestModels.SEGMENTS, 0, 70).decisions();
    for (int s = 0; s < 70; s++) {
      for (int c = 0; c < decisions[s].length; c++) {
        assertThat(decisions[s][c]).isEqualTo(expected.predicted(s, c));
      }
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("models")
  void segmentsWithoutModalitiesOrOfOneStepArePredicted(Exported exported) {
    Features one = new Features(1, 3, new float[] {5, 4, 6});
    SegmentSet absent = segments(PerModality.of());

    assertPassed(exported, segments(PerModality.of(Modality.TEXT, one)));
    OutputAssertions.assertClose(
        exported.session().run(absent, 0, 1).probabilities()[0],
        exported.model().predict(absent, ModalitySet.NONE).rows().get(0).probabilities());
  }

  private static SegmentSet segments(PerModality<Features> features) {
    return SegmentList.of(
        List.of(new Segment(new SegmentId("v", 0), 0, 1, EmotionScores.UNLABELED, features)),
        Emotion.MOSEI);
  }

  @ParameterizedTest
  @MethodSource("padded")
  void paddedBatchesReadTheirPadding(ModelConfig config) {
    try (Exported exported = Exported.of(config)) {
      assertPassed(exported, TestModels.SEGMENTS);
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
    try (Exported exported = Exported.of(config)) {
      assertPassed(OnnxVerification.of(exported.file(), exported.model()), 512);
    }
  }

  @Test
  void aFileOfAnotherModelDoesNotPass() {
    ModelConfig config = TestModels.config(Fusion.attention(), LabelSet.MULTI_LABEL).build();
    try (Exported exported = Exported.of(config)) {
      MultimodalModel model = exported.model();
      model.parameters().values()[0] += 1;

      assertThat(OnnxVerification.of(exported.file(), model).isPassed()).isFalse();
    }
  }

  /** Their files have outputs that the model lacks. */
  @Test
  void aFileOfAnotherFusionDoesNotPass() {
    ModelConfig concatenation =
        TestModels.config(Fusion.concatenation(), LabelSet.MULTI_LABEL).build();
    try (MultimodalModel model = MultimodalModel.builder().config(concatenation).build()) {
      for (Fusion fusion : List.of(Fusion.additive(2), Fusion.attentionSum())) {
        ModelConfig other = TestModels.config(fusion, LabelSet.MULTI_LABEL).build();
        try (Exported exported = Exported.of(other)) {
          assertThat(OnnxVerification.of(exported.file(), model).isPassed()).isFalse();
        }
      }
    }
  }
}
