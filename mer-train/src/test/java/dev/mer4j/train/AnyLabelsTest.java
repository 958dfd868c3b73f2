package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.SegmentSetBuilder;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelCounts;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.Task;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.seed.SeedStream;
import dev.mer4j.seed.Seeds;
import dev.mer4j.train.LossOptions.ClassWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnyLabelsTest {
  @TempDir Path folder;

  static Stream<LabelSet> labelSets() {
    return Stream.of(
        LabelSet.singleLabel(labels(7), TieRule.LEAVE_OUT),
        LabelSet.multiLabel(labels(2)),
        LabelSet.multiLabel(labels(20)));
  }

  private static List<Emotion> labels(int count) {
    return IntStream.range(0, count).mapToObj(c -> Emotion.of("label " + c)).toList();
  }

  /** Segments in two modalities, of dialogues of three; every fifth is without labels. */
  private static SegmentSet segments(LabelSet labels, String name, int count) {
    SegmentSetBuilder builder =
        SegmentSet.builder()
            .modality(Modality.TEXT, 3)
            .modality(Modality.AUDIO, 4)
            .labels(labels.labels().stream().map(Emotion::key).toArray(String[]::new));
    for (int s = 0; s < count; s++) {
      SeedStream draws = new Seeds(7).stream(name).at(s);
      int label = draws.nextInt(labels.labels().size());
      Map<Modality, float[][]> features =
          Map.of(Modality.TEXT, rows(3, label, draws), Modality.AUDIO, rows(4, label, draws));
      String id = name + s;
      String group = name + " dialogue " + s / 3;
      List<String> present = new ArrayList<>(List.of(labels.labels().get(label).key()));
      if (labels.task() == Task.MULTI_LABEL && draws.nextBoolean()) {
        present.add(labels.labels().get(0).key());
      }
      if (s % 5 == 4) {
        builder.add(id, group, features);
      } else {
        builder.add(id, group, features, present);
      }
    }
    return builder.build();
  }

  private static float[][] rows(int width, int label, SeedStream draws) {
    float[][] rows = new float[1 + draws.nextInt(3)][width];
    for (float[] row : rows) {
      for (int d = 0; d < width; d++) {
        row[d] = (float) (Math.sin(label * (d + 1.0)) + draws.nextGaussian() / 4);
      }
    }
    return rows;
  }

  private record Outcome(TrainingRun run, String parameters) {}

  private static Outcome train(LabelSet labels, int epochs, boolean resume, Path folder) {
    TrainerConfig config =
        TrainerConfig.builder()
            .epochs(epochs)
            .batchSize(8)
            .learningRate(0.02)
            .loss(new LossOptions(ClassWeights.BALANCED, 0))
            .checkpointEvery(1)
            .build();
    try (MultimodalModel model = model(labels)) {
      TrainingRun run =
          Trainer.builder()
              .config(config)
              .checkpoints(folder)
              .resume(resume)
              .build()
              .fit(
                  model,
                  TrainingSplit.of(segments(labels, "train", 60)),
                  ValidationSplit.of(segments(labels, "valid", 30)));
      return new Outcome(run, model.parameters().sha256());
    }
  }

  private static MultimodalModel model(LabelSet labels) {
    return MultimodalModel.builder()
        .input(Modality.TEXT, 3)
        .input(Modality.AUDIO, 4)
        .hidden(4)
        .headHidden(16)
        .fusion(Fusion.attention())
        .labels(labels)
        .seed(3)
        .build();
  }

  @ParameterizedTest
  @MethodSource("labelSets")
  void aResumedRunEndsInTheSameBits(LabelSet labels) {
    Outcome whole = train(labels, 4, false, folder.resolve("whole"));
    train(labels, 2, false, folder.resolve("parts"));
    Outcome resumed = train(labels, 4, true, folder.resolve("parts"));

    assertThat(resumed)
        .usingRecursiveComparison()
        .ignoringFields("run.history.epochs.seconds")
        .isEqualTo(whole);
    assertThat(whole.run().thresholds().perEmotion()).hasSize(labels.labels().size());
  }

  @Test
  void learnsSevenClasses() {
    LabelSet labels = LabelSet.singleLabel(labels(7), TieRule.LEAVE_OUT);

    assertThat(train(labels, 30, false, folder).run().bestMacroF1()).isGreaterThan(0.8);
  }

  @Test
  void countsTheSegmentsWithoutLabels() {
    LabelSet labels = LabelSet.multiLabel(labels(2));
    LabelCounts counts = LabelCounts.of(labels, segments(labels, "train", 60));

    assertThat(counts.unlabeled()).isEqualTo(12);
    assertThat(counts.excluded()).isEqualTo(12);
    assertThat(counts).asString().endsWith("; 12 have no labels and are skipped");
  }

  @Test
  void refusesDataWithOtherLabels() {
    LabelSet two = LabelSet.multiLabel(labels(2));
    TrainingSplit train = TrainingSplit.of(segments(two, "train", 12));
    ValidationSplit valid = ValidationSplit.of(segments(two, "valid", 12));
    try (MultimodalModel model = model(LabelSet.multiLabel(labels(3)))) {
      assertThatThrownBy(() -> Trainer.builder().build().fit(model, train, valid))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "the model's labels are [label 0, label 1, label 2], the data's are"
                  + " [label 0, label 1]");
      assertThat(model.predict(train).size()).isEqualTo(12);
    }
  }

  @Test
  void refusesSplitsThatShareAGroup() {
    LabelSet two = LabelSet.multiLabel(labels(2));
    TrainingSplit train = TrainingSplit.of(segments(two, "train", 12));
    SegmentSet other =
        SegmentSet.builder()
            .modality(Modality.TEXT, 3)
            .labels("label 0", "label 1")
            .add("elsewhere", "train dialogue 2", Map.of(), "label 0")
            .build();
    try (MultimodalModel model = model(two)) {
      assertThatThrownBy(
              () -> Trainer.builder().build().fit(model, train, ValidationSplit.of(other)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("1 groups are in both: [train dialogue 2]");
    }
  }
}
