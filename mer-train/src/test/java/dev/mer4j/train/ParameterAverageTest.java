package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.eval.threshold.SetThresholds;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.checkpoint.Checkpoint;
import dev.mer4j.train.checkpoint.CheckpointFolder;
import dev.mer4j.train.history.EpochRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterAverageTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 40);
  private static final ValidationSplit VALID = Toys.validation("valid", 20);

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 0.9, 0.99, 0.9999})
  void isTheMeanOfAllStepsWithGeometricWeights(double decay) {
    SeedStream draws = new Seeds(1).stream("test");
    ParameterAverage average = new ParameterAverage(decay, 3);
    List<float[]> path = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      float[] values = new float[3];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (1 + draws.nextGaussian());
      }
      path.add(values);
      average.add(values);
      if (step < 3 || step == 299) {
        assertClose(average.values(), mean(path, decay), 1e-5);
      }
    }
  }

  @Test
  void firstAverageIsTheFirstValue() {
    ParameterAverage average = new ParameterAverage(0.999, 2);
    average.add(new float[] {1.1f, -3e-30f});

    assertThat(average.values()).containsExactly(1.1f, -3e-30f);
  }

  @Test
  void isValidatedSelectedAndSaved(@TempDir Path folder) {
    TrainerConfig config = config(0.8);
    try (MultimodalModel model = model()) {
      List<float[]> path = new ArrayList<>();
      List<double[]> averages = new ArrayList<>();
      TrainingListener watcher =
          new TrainingListener() {
            @Override
            public void stepFinished(StepRecord step) {
              path.add(model.parameters().values().clone());
            }

            @Override
            public void epochFinished(EpochRecord epoch, boolean best) {
              averages.add(mean(path, 0.8));
              assertThat(model.parameters().values()).isEqualTo(path.get(path.size() - 1));
            }
          };
      TrainingRun run =
          Trainer.builder()
              .config(config)
              .listener(watcher)
              .checkpoints(folder)
              .build()
              .fit(model, TRAIN, VALID);

      assertClose(model.parameters().values(), averages.get(run.bestEpoch() - 1), 1e-5);
      Validation validation = Validation.of(model, VALID, true);
      assertThat(validation.macroF1()).isEqualTo(run.bestMacroF1());
      assertThat(validation.loss())
          .isEqualTo(run.history().epochs().get(run.bestEpoch() - 1).validLoss());
      assertThat(run.thresholds())
          .isEqualTo(SetThresholds.fit(model, VALID, validation.thresholds()));
      Checkpoint last =
          new CheckpointFolder(folder).newest(saved -> {}, (f, p) -> {}).orElseThrow().checkpoint();
      assertThat(last.parameters()).isEqualTo(path.get(path.size() - 1));
      assertClose(last.values().average(), averages.get(averages.size() - 1), 1e-5);
    }
  }

  @Test
  void trainsTheSameParametersAsWithoutAnAverage() {
    assertThat(losses(config(0.8))).isEqualTo(losses(config(0)));
  }

  private static List<Double> losses(TrainerConfig config) {
    try (MultimodalModel model = model()) {
      return Trainer.builder()
          .config(config)
          .build()
          .fit(model, TRAIN, VALID)
          .history()
          .epochs()
          .stream()
          .map(EpochRecord::loss)
          .toList();
    }
  }

  @Test
  void refusesToResumeFromACheckpointWithoutItsAverage(@TempDir Path folder) {
    Trainer.Builder trainer = Trainer.builder().config(config(0.8)).checkpoints(folder);
    try (MultimodalModel model = model()) {
      trainer.build().fit(model, TRAIN, VALID);
      CheckpointFolder checkpoints = new CheckpointFolder(folder);
      Checkpoint last = checkpoints.newest(saved -> {}, (f, p) -> {}).orElseThrow().checkpoint();
      checkpoints.save(
          new Checkpoint(
              last.fingerprint(),
              last.position(),
              last.standardization(),
              last.best(),
              last.optimizer(),
              new Checkpoint.Values(last.parameters(), null)));
      List<String> events = new ArrayList<>();
      Trainer resumed = trainer.resume(true).listener(new RecordingListener(events)).build();
      resumed.fit(model, TRAIN, VALID);
      assertThat(events).contains("ignored epoch-00004.checkpoint");
    }
  }

  @Test
  void refusesADecayOfOne() {
    assertThatThrownBy(() -> config(1)).hasMessage("training: ema must be in [0, 1): 1.0");
  }

  private static MultimodalModel model() {
    return Toys.builder(LabelSet.MULTI_LABEL).fusion(Fusion.additive(2)).build();
  }

  private static TrainerConfig config(double decay) {
    return TrainerConfig.builder()
        .epochs(4)
        .batchSize(8)
        .learningRate(0.05)
        .checkpointEvery(1)
        .ema(decay)
        .build();
  }

  /** Returns the mean with weights decayⁿ⁻ⁱ, as a sum in double precision. */
  private static double[] mean(List<float[]> path, double decay) {
    double[] mean = new double[path.get(0).length];
    double weights = 0;
    for (int i = 0; i < path.size(); i++) {
      double weight = Math.pow(decay, path.size() - 1.0 - i);
      weights += weight;
      for (int j = 0; j < mean.length; j++) {
        mean[j] += weight * path.get(i)[j];
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= weights;
    }
    return mean;
  }

  private static void assertClose(float[] found, double[] expected, double tolerance) {
    assertThat(found).hasSize(expected.length);
    for (int j = 0; j < expected.length; j++) {
      assertThat((double) found[j]).isCloseTo(expected[j], within(tolerance));
    }
  }
}
