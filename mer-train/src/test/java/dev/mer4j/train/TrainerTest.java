package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.eval.calibration.TemperatureFitter;
import dev.mer4j.eval.metric.SingleLabelMetrics;
import dev.mer4j.eval.threshold.SetThresholds;
import dev.mer4j.eval.threshold.ValidationSets;
import dev.mer4j.train.ModalityDropout.Unit;
import dev.mer4j.train.history.EpochRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 40);
  private static final ValidationSplit VALID = Toys.validation("valid", 20);

  @Test
  void learnsThePlantedSignal() {
    try (MultimodalModel model = Toys.model()) {
      double untrained = Validation.of(model, VALID, true).macroF1();

      TrainingRun run = trainer(config().epochs(20).build()).fit(model, TRAIN, VALID);

      List<EpochRecord> epochs = run.history().epochs();
      assertThat(epochs).hasSize(20);
      assertThat(epochs.get(19).loss()).isLessThan(0.8 * epochs.get(0).loss());
      assertThat(run.bestMacroF1()).isGreaterThan(untrained);
    }
  }

  @Test
  void restoresTheBestParametersAndTheirThresholds() {
    try (MultimodalModel model = Toys.model()) {
      List<String> bestSoFar = new ArrayList<>();
      TrainingListener watcher =
          new TrainingListener() {
            @Override
            public void epochFinished(EpochRecord epoch, boolean best) {
              if (best) {
                bestSoFar.add(model.parameters().sha256());
              }
            }
          };

      // A learning rate too high for steady improvement.
      TrainerConfig config = config().learningRate(0.5).epochs(8).build();
      TrainingRun run =
          Trainer.builder().config(config).listener(watcher).build().fit(model, TRAIN, VALID);

      assertThat(run.bestEpoch()).isLessThan(8);
      assertThat(run.bestMacroF1())
          .isEqualTo(
              run.history().epochs().stream()
                  .mapToDouble(EpochRecord::validMacroF1)
                  .max()
                  .orElseThrow());
      assertThat(model.parameters().sha256()).isEqualTo(bestSoFar.get(bestSoFar.size() - 1));
      assertThat(model.thresholds()).isEqualTo(run.thresholds()).isNotEqualTo(Thresholds.HALF);
      assertThat(Validation.of(model, VALID, true))
          .isEqualTo(
              new Validation(
                  run.thresholds().withoutSets(), run.bestMacroF1(), best(run).validLoss()));
      ValidationSets sets = ValidationSets.of(model, VALID);
      assertThat(run.thresholds()).isEqualTo(SetThresholds.fit(sets));
      assertThat(run.thresholds().bySet()).hasSize(7);
      assertThat(model.temperatures()).contains(TemperatureFitter.fit(sets));
    }
  }

  @Test
  void repeatsARunBitForBit() {
    assertThat(parametersAfter(config().build())).isEqualTo(parametersAfter(config().build()));
  }

  @Test
  void dependsOnTheSeed() {
    assertThat(parametersAfter(config().seed(1).build()))
        .isNotEqualTo(parametersAfter(config().seed(2).build()));
  }

  @Test
  void settingsOfTheRecipeChangeTheTraining() {
    String usual = parametersAfter(config().build());
    assertThat(parametersAfter(config().standardized(false).build())).isNotEqualTo(usual);
    assertThat(parametersAfter(config().bucketed(false).build())).isNotEqualTo(usual);
    assertThat(parametersAfter(config().modalityDropoutUnit(Unit.BATCH).build()))
        .isNotEqualTo(usual);
  }

  @ParameterizedTest
  @EnumSource
  void trainsTheSingleLabelTask(TieRule ties) {
    try (MultimodalModel model = Toys.model(LabelSet.singleLabel(ties))) {
      TrainingRun run = trainer(config().build()).fit(model, TRAIN, VALID);

      assertThat(run.thresholds())
          .isEqualTo(SetThresholds.fit(ValidationSets.of(model, VALID)))
          .isEqualTo(model.thresholds());
      assertThat(run.thresholds().bySet()).hasSize(7);
      // The epoch is selected by the most probable class.
      assertThat(run.bestMacroF1()).isEqualTo(Validation.of(model, VALID, true).macroF1());
      assertThat(SingleLabelMetrics.of(model.predict(VALID)).macro().f1())
          .isGreaterThanOrEqualTo(run.bestMacroF1());
    }
  }

  @Test
  void keepsOneHalfWithoutFittedThresholds() {
    for (LabelSet labels :
        List.of(LabelSet.MULTI_LABEL, LabelSet.singleLabel(TieRule.FIRST_COLUMN))) {
      try (MultimodalModel model = Toys.model(labels)) {
        TrainingRun run =
            trainer(config().fittedThresholds(false).build()).fit(model, TRAIN, VALID);

        assertThat(run.thresholds()).isEqualTo(Thresholds.HALF).isEqualTo(model.thresholds());
        assertThat(run.bestMacroF1()).isEqualTo(Validation.of(model, VALID, false).macroF1());
      }
    }
  }

  @Test
  void runsOfEarlierVersionsHaveTheSameFingerprint() {
    LabelSet single = LabelSet.singleLabel(TieRule.FIRST_COLUMN);
    for (boolean fitted : new boolean[] {true, false}) {
      try (MultimodalModel model = Toys.model(single)) {
        assertThat(
                trainer(config().fittedThresholds(fitted).build())
                    .fingerprint(model, TRAIN, VALID)
                    .facts())
            .doesNotContainKey("training.fittedThresholds");
      }
      try (MultimodalModel model = Toys.model()) {
        assertThat(
                trainer(config().fittedThresholds(fitted).build())
                    .fingerprint(model, TRAIN, VALID)
                    .facts()
                    .containsKey("training.fittedThresholds"))
            .isEqualTo(!fitted);
      }
    }
  }

  @Test
  void trainsOnOneSegment() {
    try (MultimodalModel model = Toys.model()) {
      TrainingRun run =
          trainer(config().build()).fit(model, Toys.training("one", 1), Toys.validation("two", 1));

      assertThat(run.history().epochs()).extracting(EpochRecord::steps).containsOnly(1);
    }
  }

  @Test
  void notifiesListenersInOrder(@TempDir Path folder) {
    List<String> events = new ArrayList<>();
    try (MultimodalModel model = Toys.model()) {
      Trainer.builder()
          .config(config().epochs(2).batchSize(20).checkpointEvery(2).build())
          .checkpoints(folder)
          .listener(new RecordingListener(events))
          .build()
          .fit(model, TRAIN, VALID);
    }

    assertThat(events)
        .containsExactly(
            "started 2",
            "features are read and packed batch by batch",
            "epoch 1 of 2 steps",
            "step 1 of 2",
            "step 2 of 2",
            "finished epoch 1",
            "epoch 2 of 2 steps",
            "step 1 of 2",
            "step 2 of 2",
            "finished epoch 2",
            "saved epoch-00002.checkpoint",
            "finished");
  }

  @Test
  void trainsOnBatchesWithoutFeaturesWithAResidentSession() {
    List<String> events = new ArrayList<>();
    TrainerConfig config = config().epochs(2).modalityDropout(0.3).build();
    try (MultimodalModel plain = Toys.builder(LabelSet.MULTI_LABEL).backend("native").build();
        MultimodalModel resident = Toys.builder(LabelSet.MULTI_LABEL).backend("resident").build()) {
      Trainer.builder().config(config).build().fit(plain, TRAIN, VALID);
      Trainer.builder()
          .config(config)
          .listener(new RecordingListener(events))
          .build()
          .fit(resident, TRAIN, VALID);

      assertThat(events).contains("40 segments are resident");
      assertThat(resident.parameters().sha256()).isEqualTo(plain.parameters().sha256());
    }
  }

  @Test
  void closesItsSessionOnCompletionAndFailure() {
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void stepFinished(StepRecord step) {
            throw new IllegalStateException("a listener fails");
          }
        };
    Trainer.Builder trainer = Trainer.builder().config(config().epochs(1).build());
    try (MultimodalModel model = Toys.model()) {
      trainer.build().fit(model, TRAIN, VALID);
      Trainer fails = trainer.listener(failing).build();
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> fails.fit(model, TRAIN, VALID)).hasMessage("a listener fails");
      }
    }
  }

  private static String parametersAfter(TrainerConfig config) {
    try (MultimodalModel model = Toys.model()) {
      trainer(config).fit(model, TRAIN, VALID);
      return model.parameters().sha256();
    }
  }

  private static EpochRecord best(TrainingRun run) {
    return run.history().epochs().get(run.bestEpoch() - 1);
  }

  private static Trainer trainer(TrainerConfig config) {
    return Trainer.builder().config(config).build();
  }

  private static TrainerConfig.Builder config() {
    return TrainerConfig.builder().epochs(3).batchSize(8).learningRate(0.02);
  }
}
