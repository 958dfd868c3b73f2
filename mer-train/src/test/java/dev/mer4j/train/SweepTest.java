package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.train.Selection.Criterion;
import dev.mer4j.train.sweep.LocalExecutor;
import dev.mer4j.train.sweep.Setting;
import dev.mer4j.train.sweep.Sweep;
import dev.mer4j.train.sweep.SweepListener;
import dev.mer4j.train.sweep.Trial;
import dev.mer4j.train.sweep.TrialTask;
import dev.mer4j.train.sweep.Trials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sweeps that train in this process. */
class SweepTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 30);
  private static final ValidationSplit VALID = Toys.validation("valid", 12);

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} at once")
  @ValueSource(ints = {1, 3})
  void triesEverySettingWithEverySeed(int parallel) {
    Trials trials = builder(folder.resolve("trials"), 2).parallel(parallel).build().run();

    assertThat(trials.all())
        .extracting(trial -> trial.setting() + " " + trial.seed())
        .containsExactly("concat 3", "attention 3", "concat 4", "attention 4");
    assertThat(trials.statistics("attention", "valid macro-F1").mean()).isBetween(0.0, 1.0);
  }

  @Test
  void concurrentTrialsScoreTheSameAsSequentialOnes() {
    Trials inTurn = builder(folder.resolve("in-turn"), 2).build().run();

    assertThat(builder(folder.resolve("at-once"), 2).parallel(3).build().run()).isEqualTo(inTurn);
  }

  @Test
  void repeatsNoFinishedTrialAndResumesACancelledOne() {
    Trials whole = builder(folder.resolve("trials"), 2).build().run();
    Path other = folder.resolve("other");
    Cancellation cancellation = new Cancellation();
    Sweep interrupted =
        builder(other, 2)
            .cancellation(cancellation)
            .listener(
                new SweepListener() {
                  @Override
                  public void trialFinished(Trial trial) {
                    cancellation.cancel();
                  }
                })
            .build();
    assertThat(interrupted.run().all()).hasSize(1);
    Recorder recorder = new Recorder();
    Trials resumed = builder(other, 2).listener(recorder).build().run();

    assertThat(recorder.found).containsExactly(whole.all().get(0));
    assertThat(recorder.finished).containsExactlyElementsOf(whole.all().subList(1, 4));
    assertThat(resumed).isEqualTo(whole);
  }

  @Test
  void savesTheModelOfEachTrial() {
    Sweep sweep = builder(folder.resolve("trials"), 2).build();
    sweep.run();

    for (TrialTask task : sweep.tasks()) {
      try (MultimodalModel model = MultimodalModel.load(task.model())) {
        assertThat(model.config().hidden()).isEqualTo(2);
      }
    }
  }

  @Test
  void refusesResultsOfOtherSettings() {
    builder(folder.resolve("trials"), 2).build().run();

    assertThatThrownBy(() -> builder(folder.resolve("trials"), 4).build().run())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("result.json is of another run: training.batchSize was 2 and is 4");
  }

  static Set<Map.Entry<String, UnaryOperator<TrainerConfig.Builder>>>
      settingsThatAResumedRunMayChange() {
    Map<String, UnaryOperator<TrainerConfig.Builder>> changes =
        Map.of(
            "training.epochs was 1 and is 2",
            training -> training.epochs(2),
            "training.selection.patience was 0 and is 3",
            training -> training.selection(new Selection(Criterion.MACRO_F1, 3, true)),
            "training.selection.consecutive was true and is false",
            training -> training.selection(new Selection(Criterion.MACRO_F1, 0, false)));
    return changes.entrySet();
  }

  @ParameterizedTest
  @MethodSource("settingsThatAResumedRunMayChange")
  void refusesResultsOfOtherSettingsThatAResumedRunMayChange(
      Map.Entry<String, UnaryOperator<TrainerConfig.Builder>> change) {
    Path trials = folder.resolve("trials");
    builder(trials, 2).build().run();

    assertThatThrownBy(() -> builder(trials, 2, change.getValue()).build().run())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("result.json is of another run: " + change.getKey());
  }

  @Test
  void namesEveryProblem() {
    assertThatThrownBy(() -> Sweep.builder().build())
        .isInstanceOf(ConfigException.class)
        .hasMessage("sweep: there is no setting; there is no seed; there is no executor");
    assertThatThrownBy(() -> builder(folder, 2).setting("concat", folder).parallel(0).build())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "sweep: two settings are named 'concat'; concurrent trials must be at least 1: 0");
    assertThatThrownBy(() -> setting("a/b", Fusion.attention(), 2))
        .isInstanceOf(ConfigException.class);
  }

  private static Sweep.Builder builder(Path folder, int batch) {
    return builder(folder, batch, training -> training);
  }

  private static Sweep.Builder builder(
      Path folder, int batch, UnaryOperator<TrainerConfig.Builder> change) {
    List<Setting> settings =
        List.of(
                setting("concat", Fusion.concatenation(), batch),
                setting("attention", Fusion.attention(), batch))
            .stream()
            .map(
                each ->
                    new Setting(
                        each.name(),
                        each.model(),
                        change.apply(each.training().toBuilder()).build()))
            .toList();
    return Sweep.builder()
        .settings(settings, folder)
        .seeds(3, 2)
        .executor(new LocalExecutor(settings, TRAIN, VALID));
  }

  private static Setting setting(String name, Fusion fusion, int batch) {
    return new Setting(
        name,
        ModelConfig.builder()
            .inputs(Toys.WIDTHS)
            .hidden(2)
            .fusion(fusion)
            .headHidden(8)
            .headDropout(0)
            .build(),
        TrainerConfig.builder().epochs(1).batchSize(batch).build());
  }

  private static final class Recorder implements SweepListener {
    final List<Trial> found = new ArrayList<>();
    final List<Trial> finished = new ArrayList<>();

    @Override
    public void trialFound(Trial trial) {
      found.add(trial);
    }

    @Override
    public void trialFinished(Trial trial) {
      finished.add(trial);
    }
  }
}
