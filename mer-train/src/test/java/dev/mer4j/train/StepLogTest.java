package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.FileException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.TrainingListener.StepRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepLogTest {
  private static final PerModality<Double> NORMS =
      PerModality.of(Modality.TEXT, 1.5, Modality.AUDIO, 0.25);

  @TempDir private Path folder;

  /** Collects steps; their gradients' norms are computed only if a listener needs them. */
  private record Steps(List<StepRecord> all) implements TrainingListener {
    @Override
    public void stepFinished(StepRecord step) {
      all.add(step);
    }
  }

  private static List<StepRecord> train(TrainerConfig config, TrainingListener... more) {
    List<StepRecord> steps = new ArrayList<>();
    try (MultimodalModel model = Toys.model()) {
      Trainer.Builder trainer = Trainer.builder().config(config).listener(new Steps(steps));
      for (TrainingListener each : more) {
        trainer.listener(each);
      }
      trainer.build().fit(model, Toys.training("train", 40), Toys.validation("valid", 20));
    }
    return steps;
  }

  private static TrainerConfig config() {
    return TrainerConfig.builder().epochs(2).batchSize(10).learningRate(0.02).seed(3).build();
  }

  @Test
  void meanNormsAreThoseOfTheSteps() {
    Path file = folder.resolve("steps.jsonl");
    List<StepRecord> steps;
    try (StepLog log = new StepLog(file)) {
      steps = train(config(), log);
    }
    PerModality<Double> means = StepLog.meanGradientNorms(file).orElseThrow();

    assertThat(means.modalities()).isEqualTo(Modality.MOSEI);
    means.forEach(
        (modality, mean) ->
            assertThat(mean)
                .isCloseTo(
                    steps.stream()
                        .mapToDouble(step -> step.encoderGradientNorms().get(modality))
                        .average()
                        .orElseThrow(),
                    within(1e-12)));
  }

  @Test
  void encodersHavePartOfTheGradient() {
    for (StepRecord step : train(config(), new StepLog(folder.resolve("steps.jsonl")))) {
      double squares =
          step.encoderGradientNorms().values().stream().mapToDouble(norm -> norm * norm).sum();
      assertThat(Math.sqrt(squares)).isPositive().isLessThan(step.gradientNorm());
    }
  }

  @Test
  void nothingIsComputedForListenersThatNeedNoNorms() {
    assertThat(train(config())).allMatch(step -> step.encoderGradientNorms().isEmpty());
  }

  @Test
  void normsOfPartsAddUpToThatOfTheWhole() {
    try (MultimodalModel model = Toys.model()) {
      float[] values = new float[model.parameters().size()];
      SeedStream draws = new Seeds(4).stream("gradient");
      double squares = 0;
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) draws.nextGaussian();
        squares += (double) values[i] * values[i];
      }
      var parts = GradientNorms.byPart(model.parameters().views(), values);
      assertThat(parts.values().stream().mapToDouble(norm -> norm * norm).sum())
          .isCloseTo(squares, within(1e-9 * squares));
      GradientNorms.ofEncoders(Modality.MOSEI, model.parameters().views(), values)
          .forEach(
              (modality, norm) ->
                  assertThat(norm).isEqualTo(parts.get("encoders." + modality.key())));
    }
  }

  @Test
  void skippedStepsDoNotCount() throws IOException {
    assertThat(read(line(1), "{\"epoch\":1,\"step\":2,\"skipped\":[\"a\"]}", line(3)))
        .contains(NORMS.map(norm -> 2 * norm));
  }

  @Test
  void logsOfEarlierVersionsHaveNoNorms() throws IOException {
    assertThat(read("{\"epoch\":1,\"step\":1,\"learningRate\":0.1}")).isEmpty();
  }

  @Test
  void logsThatAnEarlierVersionBeganHaveNoNorms() throws IOException {
    assertThat(read("{\"epoch\":1,\"step\":1,\"learningRate\":0.1}", line(2), line(3))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"epoch\":1,\"st",
        "[]",
        "{\"epoch\":1,\"step\":2,\"encoderGradientNorms\":{\"text\":1}}",
        "{\"epoch\":1,\"step\":2,\"encoderGradientNorms\":{\"text\":-1,\"audio\":1}}",
        "{\"epoch\":1,\"step\":2,\"encoderGradientNorms\":{\"text\":\"NaN\",\"audio\":1}}",
        "{\"epoch\":1,\"step\":2,\"encoderGradientNorms\":{\"Text!\":1,\"audio\":1}}"
      })
  void malformedLinesAreNamed(String line) {
    assertThatThrownBy(() -> read(line(1), line))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("steps.jsonl: line 2 ");
  }

  private static String line(int factor) {
    return String.format(
        Locale.ROOT,
        "{\"epoch\":1,\"step\":%d,\"encoderGradientNorms\":{\"text\":%s,\"audio\":%s}}",
        factor,
        factor * NORMS.get(Modality.TEXT),
        factor * NORMS.get(Modality.AUDIO));
  }

  private Optional<PerModality<Double>> read(String... lines) throws IOException {
    return StepLog.meanGradientNorms(Files.write(folder.resolve("steps.jsonl"), List.of(lines)));
  }
}
