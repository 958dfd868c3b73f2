package dev.mer4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.MultimodalModel;
import dev.mer4j.core.Prediction;
import dev.mer4j.core.fusion.Fusion;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.SegmentSetBuilder;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import dev.mer4j.train.Trainer;
import dev.mer4j.train.TrainerConfig;
import dev.mer4j.train.TrainingRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the Java code of {@code your-data.md}. */
class ArraysInMemoryTest {
  private static final String[] LABELS = {"neutral", "joy", "anger"};

  @TempDir private Path folder;

  private record Utterance(
      String id, String dialogue, float[][] text, float[][] gaze, String emotion) {}

  @Test
  void trainsOnArraysAndPredicts() {
    TrainerConfig config = TrainerConfig.builder().epochs(2).batchSize(4).build();
    ValidationSplit validation = ValidationSplit.of(segments(utterances("v")).build());

    train(segments(utterances("t")), validation, config);

    try (MultimodalModel model = MultimodalModel.load(folder)) {
      assertThat(model.config().labels().labels()).isEqualTo(Emotion.listOf(LABELS));
    }
  }

  private static List<Utterance> utterances(String prefix) {
    List<Utterance> utterances = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      float[][] text = {{i % 3, 1, 0}, {0, i % 3, 1}};
      float[][] gaze = {{i % 3, 1}};
      utterances.add(new Utterance(prefix + i, prefix + i / 3, text, gaze, LABELS[i % 3]));
    }
    return utterances;
  }

  private static SegmentSetBuilder segments(List<Utterance> utterances) {
    // tag::arrays[]
    SegmentSetBuilder segments =
        SegmentSet.builder()
            .modality(Modality.TEXT, 3)
            .modality(Modality.of("gaze"), 2)
            .labels("neutral", "joy", "anger");
    for (Utterance each : utterances) {
      segments.add(
          each.id(),
          each.dialogue(),
          Map.of(Modality.TEXT, each.text(), Modality.of("gaze"), each.gaze()),
          each.emotion());
    }
    // end::arrays[]
    return segments;
  }

  private void train(SegmentSetBuilder segments, ValidationSplit validation, TrainerConfig config) {
    float[][] text = {{1, 0, 0}, {1, 0, 1}};
    // tag::ownclasses[]
    TrainingSplit training = TrainingSplit.of(segments.build());
    try (MultimodalModel model =
        MultimodalModel.builder()
            .inputs(training.widths())
            .labels(LabelSet.singleLabel(training.labels(), TieRule.LEAVE_OUT))
            .fusion(Fusion.attention())
            .build()) {
      TrainingRun run = Trainer.builder().config(config).build().fit(model, training, validation);
      model.save(folder, run.provenance());
      Prediction prediction = model.predict(Map.of(Modality.TEXT, text));
      System.out.println(prediction.mostProbable() + " " + prediction.probabilities());
    }
    // end::ownclasses[]
  }
}
