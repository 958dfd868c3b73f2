package dev.mer4j.train.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.ModelConfig;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.TestSplit;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.synth.Family;
import dev.mer4j.eval.Evaluator;
import dev.mer4j.eval.Predictor;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.sweep.Setting;
import dev.mer4j.train.sweep.Trial;
import dev.mer4j.train.sweep.TrialTask;
import dev.mer4j.train.sweep.Trials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AblationTrialsTest {
  private final FamilyAblationData data = new FamilyAblationData(Family.EQUAL, 20);
  @TempDir private Path folder;

  @Test
  void scoresSettingsAndBaselinesOnce() throws Exception {
    AblationTrials trials = trials(setting("small", Fusion.concatenation()));
    Trials first = trials.sweep(folder).seeds(3, 2).parallel(2).build().run();
    Path model = folder.resolve("small/seed-3/model");
    FileTime written = Files.getLastModifiedTime(model.resolve("model.safetensors"));
    Trials again = trials.sweep(folder).seeds(3, 2).build().run();

    assertThat(first.settings())
        .containsExactly("small", "bound", "constant", "logistic-regression", "unimodal-mean");
    assertThat(first.all()).hasSize(10);
    assertThat(again.all()).isEqualTo(first.all());
    assertThat(Files.getLastModifiedTime(model.resolve("model.safetensors"))).isEqualTo(written);
    for (Trial trial : first.all()) {
      Map<String, Double> scores = trial.scores();
      assertThat(scores.get("primary"))
          .isEqualTo((scores.getOrDefault("full", 0.0) + scores.getOrDefault("area", 0.0)) / 2);
    }
    try (MultimodalModel trained = MultimodalModel.load(model)) {
      assertThat(first.all().get(0).scores().get("full"))
          .isEqualTo(new Evaluator(List.of()).evaluate("test", trained, data.test(3)).macroF1());
    }
  }

  @Test
  void eachSeedHasItsOwnDataAndTheConstantIgnoresMissingInput() {
    Trials run =
        trials(setting("small", Fusion.concatenation())).sweep(folder).seeds(1, 2).build().run();
    Map<Long, Double> full = run.bySeed("constant", "full");

    assertThat(full.get(1L)).isNotEqualTo(full.get(2L));
    assertThat(run.bySeed("constant", "area")).isEqualTo(full);
    assertThat(full.get(1L)).isBetween(0.2, 0.5);
    assertThat(run.statistics("bound", "full").mean())
        .isGreaterThan(run.statistics("constant", "full").mean());
  }

  @Test
  void resultsOfOtherSettingsAreRefused() {
    trials(setting("small", Fusion.concatenation())).sweep(folder).seeds(1, 1).build().run();

    assertThatThrownBy(
            () ->
                trials(setting("small", Fusion.attention()))
                    .sweep(folder)
                    .seeds(1, 1)
                    .build()
                    .run())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fusion");
  }

  @Test
  void resultsOnAnotherTestSplitAreRefused() {
    Setting small = setting("small", Fusion.concatenation());
    trials(small).sweep(folder).seeds(1, 1).build().run();
    AblationData otherTest =
        new AblationData() {
          @Override
          public String name() {
            return data.name();
          }

          @Override
          public TrainingSplit training(long seed) {
            return data.training(seed);
          }

          @Override
          public ValidationSplit validation(long seed) {
            return data.validation(seed);
          }

          @Override
          public TestSplit test(long seed) {
            return data.test(seed + 1);
          }

          @Override
          public Optional<LongFunction<Predictor>> bound() {
            return data.bound();
          }
        };

    for (String row : trials(small).rows()) {
      AblationTrials others = new AblationTrials(otherTest, List.of(small));
      TrialTask task = new TrialTask(row, 1, folder.resolve(row + "/seed-1").toString());
      assertThat(trials(small).fingerprint(task).differencesFrom(others.fingerprint(task)))
          .singleElement()
          .asString()
          .startsWith("test data was ");
    }
    assertThatThrownBy(
            () ->
                new AblationTrials(otherTest, List.of(small))
                    .sweep(folder)
                    .seeds(1, 1)
                    .build()
                    .run())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("test data was ");
  }

  @Test
  void namesOfBaselinesAndSingleLabelModelsAreRefused() {
    assertThatThrownBy(() -> trials(setting("constant", Fusion.attention())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'constant' is the name of a baseline");
    assertThatThrownBy(
            () ->
                trials(
                    setting(
                        "one",
                        Fusion.attention(),
                        LabelSet.singleLabel(LabelSet.TieRule.FIRST_COLUMN))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("single-label");
    assertThatThrownBy(() -> new AblationTrials(data, List.of()))
        .isInstanceOf(ConfigException.class);
  }

  private AblationTrials trials(Setting setting) {
    return new AblationTrials(data, List.of(setting));
  }

  private Setting setting(String name, Fusion fusion) {
    return setting(name, fusion, LabelSet.MULTI_LABEL);
  }

  private Setting setting(String name, Fusion fusion, LabelSet labels) {
    return new Setting(
        name,
        ModelConfig.builder()
            .inputs(data.training(1).widths())
            .hidden(2)
            .fusion(fusion)
            .headHidden(4)
            .headDropout(0)
            .labels(labels)
            .build(),
        TrainerConfig.builder().epochs(1).batchSize(16).learningRate(0.01).build());
  }
}
