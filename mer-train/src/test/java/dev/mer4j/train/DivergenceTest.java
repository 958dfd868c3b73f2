package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.core.ModelBuilder;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.TermMeans;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.train.history.EpochRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DivergenceTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 40);
  private static final ValidationSplit VALID = Toys.validation("valid", 20);

  @Test
  void skipsAStepThatIsNotFiniteAndNamesItsSegments() {
    List<SegmentId> skipped = new ArrayList<>();
    TrainingListener watcher =
        new TrainingListener() {
          @Override
          public void stepSkipped(StepRecord step, List<SegmentId> segments) {
            skipped.addAll(segments);
          }
        };
    try (MultimodalModel model = Toys.model()) {
      TrainingRun run =
          Trainer.builder()
              .config(TrainerConfig.builder().epochs(1).batchSize(1).build())
              .standardization(Standardization.fit(TRAIN))
              .listener(watcher)
              .build()
              .fit(model, Toys.poisoned(9, 4), VALID);

      assertThat(skipped).containsExactly(new SegmentId("bad", 4));
      EpochRecord epoch = run.history().epochs().get(0);
      assertThat(epoch.steps()).isEqualTo(9);
      assertThat(epoch.skipped()).isEqualTo(1);
      assertThat(epoch.loss()).isFinite();
      assertThat(model.parameters().values()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void aSegmentThatIsSkippedDoesNotSpoilAFinishedRun() {
    ModelBuilder additive = Toys.builder(LabelSet.MULTI_LABEL).fusion(Fusion.additive(2));
    try (MultimodalModel model = additive.build()) {
      model.setTermMeans(TermMeans.of(model.predict(TRAIN)));
      TrainingRun run =
          Trainer.builder()
              .config(TrainerConfig.builder().epochs(1).batchSize(1).build())
              .standardization(Standardization.fit(TRAIN))
              .build()
              .fit(model, Toys.poisoned(9, 4), VALID);

      assertThat(run.stopReason()).isEqualTo(StopReason.COMPLETED);
      assertThat(model.thresholds().bySet()).isNotEmpty();
      assertThat(model.termMeans()).isEqualTo(TermMeans.UNKNOWN);
    }
  }

  @Test
  void stopsWhenTooManyStepsInARowAreNotFinite() {
    try (MultimodalModel model = Toys.model()) {
      Trainer trainer =
          Trainer.builder()
              .config(TrainerConfig.builder().batchSize(1).maxSkipped(0).build())
              .standardization(Standardization.fit(TRAIN))
              .build();

      assertThatThrownBy(() -> trainer.fit(model, Toys.poisoned(9, 4), VALID))
          .isInstanceOfSatisfying(
              DivergenceException.class,
              stopped -> {
                Diagnosis diagnosis = stopped.diagnosis();
                assertThat(diagnosis.nonFiniteSegments())
                    .isEqualTo(PerModality.of(Modality.TEXT, List.of(new SegmentId("bad", 4))));
                assertThat(diagnosis.parameterNorms())
                    .containsOnlyKeys(
                        "attention", "encoders.audio", "encoders.text", "encoders.visual", "head");
                assertThat(diagnosis.parameterNorms().values()).allMatch(Double::isFinite);
                assertThat(diagnosis.gradientNorms().get("encoders.text")).isNaN();
                assertThat(stopped.checkpoint()).isEmpty();
              })
          .hasMessageStartingWith(
              "training stopped in epoch 1: 1 consecutive steps were not finite")
          .hasMessageContaining("not finite: the text of [bad[4]]");
    }
  }

  @Test
  void reportsTheNormOfEachTermOfAdditiveFusion() {
    try (MultimodalModel model =
        Toys.builder(LabelSet.MULTI_LABEL).fusion(Fusion.additive(1)).build()) {
      Trainer trainer =
          Trainer.builder()
              .config(TrainerConfig.builder().batchSize(1).maxSkipped(0).build())
              .standardization(Standardization.fit(TRAIN))
              .build();

      assertThatThrownBy(() -> trainer.fit(model, Toys.poisoned(9, 4), VALID))
          .isInstanceOfSatisfying(
              DivergenceException.class,
              stopped ->
                  assertThat(stopped.diagnosis().parameterNorms())
                      .containsOnlyKeys(
                          "encoders.audio",
                          "encoders.text",
                          "encoders.visual",
                          "fusion",
                          "fusion.terms.audio",
                          "fusion.terms.text",
                          "fusion.terms.visual"));
    }
  }

  @Test
  void stopsWithADiagnosisWhenNoStepOfAnEpochIsFinite(@TempDir Path folder) {
    TrainingSplit allBad = Toys.poisoned(2, 0, 1);
    TrainerConfig config = TrainerConfig.builder().batchSize(1).build();
    List<String> events = new ArrayList<>();
    try (MultimodalModel model = Toys.model()) {
      Trainer.Builder trainer =
          Trainer.builder()
              .config(config)
              .checkpoints(folder)
              .standardization(Standardization.fit(TRAIN))
              .listener(new RecordingListener(events));
      float[] before = model.parameters().values().clone();

      for (boolean resume : List.of(false, true)) {
        assertThatThrownBy(() -> trainer.resume(resume).build().fit(model, allBad, VALID))
            .isInstanceOfSatisfying(
                DivergenceException.class,
                stopped -> {
                  assertThat(stopped.diagnosis().nonFiniteSegments().toMap())
                      .containsOnlyKeys(Modality.TEXT);
                  assertThat(stopped.checkpoint())
                      .contains(folder.resolve("epoch-00000-step-00001.checkpoint"));
                })
            .hasMessageStartingWith("training stopped in epoch 1: 2 consecutive steps");
      }
      assertThat(events)
          .contains("resumed epoch-00000-step-00001.checkpoint after epoch 0, step 1");
      assertThat(model.parameters().values()).isEqualTo(before);
    }
  }
}
