package dev.mer4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.core.fusion.Loss;
import dev.mer4j.core.optimizer.AdamW;
import dev.mer4j.core.optimizer.GradientClipping;
import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.training.TrainingOptions;
import dev.mer4j.core.training.TrainingSession;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Presence;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.batch.Batch;
import dev.mer4j.data.batch.Batcher;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultimodalModelTest {
  private static final SegmentSet SEGMENTS = RandomSegments.of(70, 12, 1);

  private static ModelBuilder small() {
    return MultimodalModel.builder()
        .inputs(RandomSegments.WIDTHS)
        .hidden(4)
        .headHidden(7)
        .fusion(Fusion.attention())
        .seed(11);
  }

  @Test
  void predictionsFollowTheOrderOfTheSegments() {
    try (MultimodalModel model = small().build()) {
      Predictions predictions = model.predict(SEGMENTS);
      assertThat(predictions.size()).isEqualTo(SEGMENTS.size());
      for (int i = 0; i < SEGMENTS.size(); i++) {
        assertThat(predictions.rows().get(i).segment()).isEqualTo(SEGMENTS.info(i));
      }
    }
  }

  @Test
  void oneEncodingIsReusableForEverySetOfModalities() {
    try (MultimodalModel model = small().build()) {
      Encodings encodings = model.encode(SEGMENTS);
      for (int bits = 0; bits < 8; bits++) {
        ModalitySet available = ModalitySet.ofBits(bits, Modality.MOSEI);
        List<Prediction> direct = model.predict(SEGMENTS, available).rows();
        List<Prediction> again = model.predict(encodings, available).rows();
        for (int i = 0; i < direct.size(); i++) {
          assertThat(again.get(i).segment()).isEqualTo(direct.get(i).segment());
          assertThat(again.get(i).available()).isEqualTo(direct.get(i).available());
          for (int c = 0; c < 6; c++) {
            // The encoders' matrices have other shapes for fewer rows.
            assertThat(again.get(i).probabilities().get(c))
                .isCloseTo(direct.get(i).probabilities().get(c), within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void everySegmentMayUseOtherModalities() {
    try (MultimodalModel model = small().build()) {
      Encodings encodings = model.encode(SEGMENTS);
      List<ModalitySet> rows = new ArrayList<>();
      for (int i = 0; i < SEGMENTS.size(); i++) {
        rows.add(ModalitySet.ofBits(i % 8, Modality.MOSEI));
      }
      List<Prediction> mixed = model.predict(encodings, Presence.of(rows)).rows();
      for (int bits = 0; bits < 8; bits++) {
        List<Prediction> same =
            model.predict(encodings, ModalitySet.ofBits(bits, Modality.MOSEI)).rows();
        for (int i = bits; i < mixed.size(); i += 8) {
          assertThat(mixed.get(i)).isEqualTo(same.get(i));
        }
      }
    }
  }

  @Test
  void probabilitiesAreTheSigmoidOfTheLogits() {
    try (MultimodalModel model = small().build()) {
      Encodings encodings = model.encode(SEGMENTS);
      float[] logits = model.logits(encodings, encodings.presence());
      List<Prediction> rows = model.predict(SEGMENTS).rows();
      assertThat(logits).hasSize(6 * rows.size());
      for (int i = 0; i < logits.length; i++) {
        assertThat(1 / (1 + Math.exp(-logits[i])))
            .isCloseTo(rows.get(i / 6).probabilities().get(i % 6), within(1e-6));
      }
    }
  }

  @Test
  void refusesEncodingsOfAnotherConfiguration() {
    try (MultimodalModel model = small().build();
        MultimodalModel other = small().hidden(5).build()) {
      Encodings encodings = other.encode(SEGMENTS);
      assertThatThrownBy(() -> model.predict(encodings, ModalitySet.of(Modality.MOSEI)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("hidden=5");
      assertThatThrownBy(() -> other.predict(encodings, Presence.of(List.of())))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("70 and 0");
    }
  }

  @Test
  void predictionDependsOnlyOnWhatIsAvailable() {
    ModalitySet text = ModalitySet.of(Modality.TEXT);
    try (MultimodalModel model = small().build()) {
      for (Prediction prediction : model.predict(SEGMENTS, text).rows()) {
        assertThat(prediction.available()).isEqualTo(prediction.segment().modalities().and(text));
        assertThat(prediction.attention().modalities()).isSubsetOf(Modality.TEXT);
        double sum = prediction.attention().values().stream().mapToDouble(d -> d).sum();
        assertThat(sum).isCloseTo(prediction.available().isEmpty() ? 0 : 1, within(1e-6));
      }
    }
  }

  @Test
  void savedModelGivesBitIdenticalPredictions(@TempDir Path folder) {
    try (MultimodalModel model = small().build()) {
      model.setStandardization(Standardization.fit(SEGMENTS));
      model.setThresholds(new Thresholds(List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6)));
      model.save(folder, new Provenance(Map.of("seed", "11")));
      try (MultimodalModel loaded = MultimodalModel.load(folder)) {
        assertThat(loaded.config()).isEqualTo(model.config());
        assertThat(loaded.parameters().sha256()).isEqualTo(model.parameters().sha256());
        assertThat(loaded.predict(SEGMENTS)).isEqualTo(model.predict(SEGMENTS));
      }
    }
  }

  @Test
  void savedSingleLabelModelKeepsItsTieRule(@TempDir Path folder) {
    LabelSet scheme = LabelSet.singleLabel(TieRule.FIRST_COLUMN);
    try (MultimodalModel model = small().labels(scheme).fusion(Fusion.concatenation()).build()) {
      model.save(folder, Provenance.UNKNOWN);
      try (MultimodalModel loaded = MultimodalModel.load(folder, "native")) {
        assertThat(loaded.config()).isEqualTo(model.config());
        assertThat(loaded.backend()).isEqualTo("native");
      }
    }
  }

  @Test
  void modelWithTheClassNoneTrainsAndIsSavedWithSevenOutputs(@TempDir Path folder) {
    LabelSet scheme = LabelSet.singleLabel(TieRule.NONE_CLASS);
    try (MultimodalModel model = small().labels(scheme).build()) {
      assertThat(model.parameters().view("head.3.weight").shape()).containsExactly(7, 7);
      Batcher batches = Batcher.builder(SEGMENTS).labels(scheme).batchSize(16).build();
      try (TrainingSession session = GradientSessions.start(model, batches)) {
        for (Batch batch : batches.epoch(0)) {
          assertThat(batch.targets()).hasSize(7 * batch.size());
          SeedStream dropout = new Seeds(2).stream("dropout");
          assertThat(GradientSessions.step(session, batch, batch.presence(), dropout).isFinite())
              .isTrue();
        }
      }
      TrainingOptions sixClasses =
          new TrainingOptions(Loss.UNWEIGHTED, new AdamW.Rates(0.1, 0), new GradientClipping(1));
      assertThatThrownBy(() -> model.startTraining(sixClasses, batches))
          .isInstanceOf(ConfigException.class)
          .hasMessageStartingWith("a model of 7 classes requires 7 class weights");
      model.save(folder, Provenance.UNKNOWN);
      try (MultimodalModel loaded = MultimodalModel.load(folder)) {
        assertThat(loaded.config()).isEqualTo(model.config());
        List<Prediction> expected = model.predict(SEGMENTS).rows();
        List<Prediction> rows = loaded.predict(SEGMENTS).rows();
        for (int s = 0; s < rows.size(); s++) {
          List<Double> probabilities = rows.get(s).probabilities();
          assertThat(probabilities).hasSize(7);
          assertThat(probabilities.stream().mapToDouble(p -> p).sum()).isCloseTo(1, within(1e-6));
          for (int c = 0; c < 7; c++) {
            assertThat(probabilities.get(c))
                .isCloseTo(expected.get(s).probabilities().get(c), within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void refusesParametersThatWereNotSavedWithTheirConfig(@TempDir Path folder) throws IOException {
    try (MultimodalModel one = small().build();
        MultimodalModel other = small().seed(12).build()) {
      one.save(folder.resolve("one"), Provenance.UNKNOWN);
      other.save(folder.resolve("other"), Provenance.UNKNOWN);
    }
    Files.copy(
        folder.resolve("other/model.safetensors"),
        folder.resolve("one/model.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> MultimodalModel.load(folder.resolve("one")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("model.sha256: SHA-256 mismatch: expected ");
  }

  @Test
  void refusesInvalidModelFolders(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith("config.json: no such file");
    Files.writeString(folder.resolve("config.json"), "{\"format\": 1}");
    assertThatThrownBy(() -> MultimodalModel.load(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("config.json: not a valid");
  }

  @Test
  void namesEveryProblemOfAConfigurationWithItsValue() {
    assertThatThrownBy(() -> MultimodalModel.builder().hidden(0).headDropout(1).build())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "model: no modality has an input width; hidden must be in [1, 4096]: 0;"
                + " head dropout must be in [0, 1): 1.0");
  }

  @Test
  void refusesToPredictFromNothing() {
    SegmentSet silent = SegmentList.of(List.of(audioOnly()));
    try (MultimodalModel text =
        MultimodalModel.builder().input(Modality.TEXT, 5).hidden(4).build()) {
      ModalitySet audio = ModalitySet.of(Modality.AUDIO);
      Encodings encodings = text.encode(SEGMENTS);
      for (ThrowingCallable nothing :
          List.<ThrowingCallable>of(
              () -> text.predict(SEGMENTS, audio),
              () -> text.encode(SEGMENTS, audio),
              () -> text.predict(encodings, audio))) {
        assertThatThrownBy(nothing)
            .isInstanceOf(ConfigException.class)
            .hasMessageStartingWith("nothing to predict from: the model reads text, ")
            .hasMessageEndingWith("only audio is available");
      }
      assertThatThrownBy(() -> text.predict(silent))
          .isInstanceOf(ConfigException.class)
          .hasMessage("nothing to predict from: the model reads text, the segments have audio");
      assertThat(text.predict(SEGMENTS, ModalitySet.of(Modality.TEXT, Modality.AUDIO)).size())
          .isEqualTo(70);
      assertThat(text.predict(SEGMENTS, ModalitySet.NONE).size()).isEqualTo(70);
    }
  }

  @Test
  void refusesDataOfAnotherWidth() {
    try (MultimodalModel model = small().input(Modality.AUDIO, 4).build()) {
      assertThatThrownBy(() -> model.predict(SEGMENTS))
          .isInstanceOf(ConfigException.class)
          .hasMessage("the model reads 4 audio features, the data has 3");
    }
  }

  @Test
  void unknownBackendIsReportedWithTheKnownOnes() {
    assertThatThrownBy(() -> small().backend("abacus").build())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("no backend 'abacus'; backends: native")
        .hasMessageContaining("native-bf16");
  }

  private static Segment audioOnly() {
    Features audio = new Features(1, 3, new float[3]);
    EmotionScores scores = EmotionScores.mosei(0, 1, 0, 0, 0, 0, 0);
    return new Segment(new SegmentId("a", 0), 0, 1, scores, PerModality.of(Modality.AUDIO, audio));
  }
}
