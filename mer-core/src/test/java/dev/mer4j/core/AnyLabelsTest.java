package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnyLabelsTest {
  private static final float[][] TEXT = {{1, 2, 3}, {-1, 0, 2}};
  private static final float[][] AUDIO = {{1, 0}, {0, 1}, {2, 2}};

  @TempDir Path folder;

  static Stream<LabelSet> labelSets() {
    return Stream.of(
        LabelSet.singleLabel(labels(7), TieRule.LEAVE_OUT),
        LabelSet.singleLabel(labels(7), TieRule.NONE_CLASS),
        LabelSet.multiLabel(labels(2)),
        LabelSet.multiLabel(labels(20)).withThreshold(0.5f));
  }

  private static List<Emotion> labels(int count) {
    return IntStream.range(0, count).mapToObj(c -> Emotion.of("label " + c)).toList();
  }

  private static MultimodalModel model(LabelSet labels) {
    return MultimodalModel.builder()
        .input(Modality.TEXT, 3)
        .input(Modality.AUDIO, 2)
        .hidden(4)
        .headHidden(8)
        .labels(labels)
        .build();
  }

  @ParameterizedTest
  @MethodSource("labelSets")
  void savesAndLoadsTheLabels(LabelSet labels) {
    int count = labels.classCount();
    Prediction expected;
    try (MultimodalModel model = model(labels)) {
      model.setThresholds(new Thresholds(Collections.nCopies(count, 0.25)));
      model.save(folder, Provenance.UNKNOWN);
      expected = model.predict(Map.of(Modality.TEXT, TEXT));
    }
    try (MultimodalModel loaded = MultimodalModel.load(folder)) {
      assertThat(loaded.config().labels()).isEqualTo(labels);
      assertThat(loaded.thresholds().perEmotion()).hasSize(count).containsOnly(0.25);
      assertThat(loaded.predict(Map.of(Modality.TEXT, TEXT))).isEqualTo(expected);
    }
    assertThat(expected.labels()).isEqualTo(labels.labels());
    assertThat(expected.probabilities()).hasSize(labels.classCount());
    assertThat(expected.probability(Emotion.of("label 1")))
        .isEqualTo(expected.probabilities().get(1));
  }

  @Test
  void oneSegmentIsPredictedAsInASet() {
    try (MultimodalModel model = model(LabelSet.multiLabel(labels(2)))) {
      SegmentSet set =
          SegmentSet.builder()
              .modality(Modality.TEXT, 3)
              .modality(Modality.AUDIO, 2)
              .labels("a", "b", "c")
              .add("u", "d", Map.of(Modality.TEXT, TEXT, Modality.AUDIO, AUDIO), "b")
              .build();
      Prediction alone = model.predict(Map.of(Modality.TEXT, TEXT, Modality.AUDIO, AUDIO));

      assertThat(alone.segment().scores().isLabeled()).isFalse();
      assertThat(alone.probabilities()).isEqualTo(model.predict(set).rows().get(0).probabilities());
    }
  }

  @Test
  void refusesFeaturesThatDoNotFit() {
    try (MultimodalModel model = model(LabelSet.MULTI_LABEL)) {
      refuses(model, Map.of(), "nothing to predict from");
      refuses(model, Map.of(Modality.VISUAL, TEXT), "the model does not read visual");
      refuses(model, Map.of(Modality.AUDIO, TEXT), "audio row 0 has 3 features, expected 2");
      refuses(model, Map.of(Modality.AUDIO, new float[][] {{1, Float.NaN}}), "NaN");
      refuses(model, Map.of(Modality.AUDIO, new float[1][]), "audio row 0 is null");
      assertThatThrownBy(() -> model.setThresholds(Thresholds.half(7)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("a model of 6 classes needs as many thresholds");
    }
  }

  private static void refuses(
      MultimodalModel model, Map<Modality, float[][]> features, String message) {
    assertThatThrownBy(() -> model.predict(features))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesAFolderWithAnotherNumberOfThresholds() throws IOException {
    try (MultimodalModel model = model(LabelSet.multiLabel(labels(2)))) {
      model.save(folder, Provenance.UNKNOWN);
    }
    Path config = folder.resolve("config.json");
    Files.writeString(config, Files.readString(config).replaceFirst("0.5", "0.5, 0.5, 0.5"));
    new ModelDigest(folder).write();
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("a model of 2 classes needs as many thresholds");
  }
}
