package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelScheme;
import dev.mer4j.train.experiment.Experiment;
import dev.mer4j.train.experiment.Setting;
import dev.mer4j.train.experiment.Trial;
import dev.mer4j.train.experiment.Trials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 30);
  private static final ValidationSplit VALID = Toys.validation("valid", 12);

  @TempDir Path folder;

  @Test
  void triesEverySettingWithEverySeed() {
    Trials trials = builder(folder.resolve("trials"), 2).build().run(TRAIN, VALID);

    assertThat(trials.all())
        .extracting(trial -> trial.setting() + " " + trial.seed())
        .containsExactly("concat 3", "attention 3", "concat 4", "attention 4");
    assertThat(trials.spread("attention", "valid macro-F1").mean()).isBetween(0.0, 1.0);
  }

  @Test
  void doesNothingTwiceAndGoesOnWhereItWasCancelled() {
    Trials whole = builder(folder.resolve("trials"), 2).build().run(TRAIN, VALID);
    Path other = folder.resolve("other");
    Cancellation cancellation = new Cancellation();
    Experiment interrupted =
        builder(other, 2).cancellation(cancellation).watcher(t -> cancellation.cancel()).build();
    assertThat(interrupted.run(TRAIN, VALID).all()).hasSize(1);
    List<Trial> done = new ArrayList<>();
    Trials resumed = builder(other, 2).watcher(done::add).build().run(TRAIN, VALID);

    assertThat(done).hasSize(3);
    assertThat(resumed).isEqualTo(whole);
  }

  @Test
  void refusesResultsOfOtherSettings() {
    builder(folder.resolve("trials"), 2).build().run(TRAIN, VALID);

    assertThatThrownBy(() -> builder(folder.resolve("trials"), 4).build().run(TRAIN, VALID))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("result.json is of another run: training.batchSize was 2 and is 4");
  }

  @Test
  void namesEveryProblem() {
    assertThatThrownBy(() -> Experiment.builder(folder).build())
        .isInstanceOf(ConfigException.class)
        .hasMessage("experiment: there is no setting; there is no seed");
    assertThatThrownBy(() -> setting("a/b", Fusion.attention(), 2))
        .isInstanceOf(ConfigException.class);
  }

  private static Experiment.Builder builder(Path folder, int batch) {
    return Experiment.builder(folder)
        .setting(setting("concat", Fusion.concatenation(), batch))
        .setting(setting("attention", Fusion.attention(), batch))
        .seeds(3, 2);
  }

  private static Setting setting(String name, Fusion fusion, int batch) {
    return new Setting(
        name,
        new ModelConfig(Toys.WIDTHS, 2, fusion, 8, 0, LabelScheme.MULTI_LABEL),
        TrainerConfig.builder().epochs(1).batchSize(batch).build());
  }
}
