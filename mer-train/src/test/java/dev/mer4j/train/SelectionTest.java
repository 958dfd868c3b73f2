package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.Thresholds;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.train.LossOptions.ClassWeights;
import dev.mer4j.train.Selection.Criterion;
import dev.mer4j.train.history.EpochRecord;
import dev.mer4j.train.history.EpochTotals;
import dev.mer4j.train.history.History;
import dev.mer4j.train.internal.DataDigest;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 40);
  private static final ValidationSplit VALID = Toys.validation("valid", 20);

  @Test
  void stopsWhenThePatienceIsExhausted() {
    TrainingRun run = fit(config(new Selection(Criterion.MACRO_F1, 2, true)));

    assertThat(run.stopReason()).isEqualTo(StopReason.EARLY_STOPPED);
    assertThat(run.history().epochs()).hasSize(run.bestEpoch() + 2);
  }

  @ParameterizedTest(name = "macro-F1 {0}, patience {1}")
  @CsvSource({
    "'0.1 0.2 0.1 0.1 0.3', 2, true, true",
    "'0.1 0.2 0.1 0.3 0.2', 2, false, true",
    "'0.1 0.2 0.1 0.2', 2, true, true",
    "'0.1 0.2 0.1 0.3 0.4', 2, false, false",
    "'0.1', 1, false, false",
    "'0.1 0.1', 1, true, true"
  })
  void countsEpochsWithoutImprovementInARowOrInTotal(
      String scores, int patience, boolean inARow, boolean inTotal) {
    History history = History.EMPTY;
    int stoppedInARow = 0;
    int stoppedInTotal = 0;
    for (String score : scores.split(" ", -1)) {
      int epoch = history.epochs().size() + 1;
      history =
          history.with(EpochRecord.of(epoch, EpochTotals.EMPTY, 1, Double.parseDouble(score), 0));
      stoppedInARow += isExhausted(patience, true, history) ? 1 : 0;
      stoppedInTotal += isExhausted(patience, false, history) ? 1 : 0;
    }
    assertThat(stoppedInARow > 0).isEqualTo(inARow);
    assertThat(stoppedInTotal > 0).isEqualTo(inTotal);
  }

  private static boolean isExhausted(int patience, boolean consecutive, History history) {
    return new Selection(Criterion.MACRO_F1, patience, consecutive).isPatienceExhausted(history);
  }

  @Test
  void staysStoppedWhenResumed(@TempDir Path folder) {
    TrainerConfig config = config(new Selection(Criterion.MACRO_F1, 1, true));
    TrainingRun first = fit(Trainer.builder().config(config).checkpoints(folder));
    TrainingRun again = fit(Trainer.builder().config(config).checkpoints(folder).resume(true));

    assertThat(again).isEqualTo(first);
  }

  @Test
  void selectsTheEpochWithTheLowestLoss() {
    TrainingRun run = fit(config(new Selection(Criterion.LOSS, 0, true)));

    EpochRecord lowest =
        run.history().epochs().stream()
            .min(Comparator.comparingDouble(EpochRecord::validLoss))
            .orElseThrow();
    assertThat(run.bestEpoch()).isEqualTo(lowest.epoch());
    assertThat(run.stopReason()).isEqualTo(StopReason.COMPLETED);
  }

  @Test
  void refusesTheTestSplitForSelection() {
    TestSplit test = TestSplit.of(Toys.segments("test", 3));

    assertThatThrownBy(() -> ValidationSplit.of(test))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("are the test split");
  }

  @Test
  void recordsWhatTheModelWasTrainedAndSelectedOn(@TempDir Path folder) {
    try (MultimodalModel model = Toys.model()) {
      TrainingRun run =
          Trainer.builder().config(config(Selection.BEST_F1)).build().fit(model, TRAIN, VALID);
      model.save(folder, run.provenance());

      assertThat(run.provenance().facts())
          .containsEntry(
              "training data", "40 segments of 1 videos with SHA-256 " + DataDigest.of(TRAIN))
          .containsEntry(
              "validation data", "20 segments of 1 videos with SHA-256 " + DataDigest.of(VALID))
          .containsEntry("training.learningRate", "0.5")
          .containsEntry("epoch", String.valueOf(run.bestEpoch()));
      assertThat(folder.resolve("provenance.json")).content().contains(DataDigest.of(VALID));
    }
  }

  @Test
  void validationLossIsTheCrossEntropyOfTheProbabilities() {
    try (MultimodalModel model = Toys.model()) {
      Validation validation = Validation.of(model, VALID, true);
      double sum = 0;
      for (Prediction row : model.predict(VALID).rows()) {
        for (Emotion emotion : Emotion.MOSEI) {
          boolean present = row.segment().scores().of(emotion) > 0;
          double p = row.probability(emotion);
          sum -= Math.log(present ? p : 1 - p);
        }
      }
      assertThat(validation.loss()).isCloseTo(sum / (20 * 6), within(1e-12));
      assertThat(validation.thresholds()).isNotEqualTo(Thresholds.HALF);
    }
  }

  @Test
  void weighsClassesByTheTrainingSplit() {
    List<Double> weights =
        new LossOptions(ClassWeights.BALANCED, 0).of(TRAIN, LabelSet.MULTI_LABEL).weights();
    long happy =
        IntStream.range(0, 40).filter(s -> TRAIN.info(s).scores().of(Emotion.HAPPY) > 0).count();

    assertThat(weights.get(0)).isEqualTo((40.0 - happy) / happy);
    assertThat(weights.get(2)).as("an emotion without positives").isEqualTo(1);
  }

  @Test
  void weighsTheClassNoneAsAnyOther() {
    List<Double> weights =
        new LossOptions(ClassWeights.BALANCED, 0)
            .of(TRAIN, LabelSet.singleLabel(TieRule.NONE_CLASS))
            .weights();
    long none = IntStream.range(0, 40).filter(s -> TRAIN.info(s).scores().none()).count();

    assertThat(none).isPositive();
    assertThat(weights).hasSize(7);
    assertThat(weights.get(6)).isEqualTo(40.0 / (7 * none));
  }

  private static TrainingRun fit(TrainerConfig config) {
    return fit(Trainer.builder().config(config));
  }

  private static TrainingRun fit(Trainer.Builder trainer) {
    try (MultimodalModel model = Toys.model()) {
      return trainer.build().fit(model, TRAIN, VALID);
    }
  }

  /** A learning rate too high for steady improvement. */
  private static TrainerConfig config(Selection selection) {
    return TrainerConfig.builder()
        .epochs(12)
        .batchSize(8)
        .learningRate(0.5)
        .selection(selection)
        .build();
  }
}
