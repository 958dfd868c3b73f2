package dev.mer4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.core.MultimodalModel;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.TrainingSplit;
import dev.mer4j.data.ValidationSplit;
import dev.mer4j.data.label.LabelSet;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitCheckTest {
  private static final TrainingSplit TRAIN = Toys.training("train", 40);

  @ParameterizedTest(name = "in the training split: {0}")
  @ValueSource(booleans = {true, false})
  void refusesAnIdThatOccursTwiceBeforeTheFirstEpoch(boolean inTraining) {
    SegmentList twice =
        SegmentList.of(Stream.of(0, 1, 2, 1).map(Toys.segments("twice", 3)::segment).toList());
    RecordingListener listener = new RecordingListener(new ArrayList<>());
    Trainer trainer =
        Trainer.builder()
            .config(TrainerConfig.builder().epochs(1).build())
            .listener(listener)
            .build();
    try (MultimodalModel model = Toys.model()) {
      assertThatThrownBy(
              () ->
                  trainer.fit(
                      model,
                      inTraining ? TrainingSplit.of(twice) : Toys.training("train", 8),
                      inTraining ? Toys.validation("valid", 8) : ValidationSplit.of(twice)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(inTraining ? "training" : "validation")
          .hasMessageContaining("twice[1]");
    }
    assertThat(listener.events()).isEmpty();
  }

  @Test
  void refusesASplitWithoutALabelOfTheTask() {
    try (MultimodalModel model = Toys.model(LabelSet.singleLabel(TieRule.LEAVE_OUT))) {
      Trainer trainer = Trainer.builder().build();

      assertThatThrownBy(() -> trainer.fit(model, TRAIN, Toys.validation("none", 0)))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("none of the 0 segments of the validation data has a label");
    }
  }

  @Test
  void refusesSplitsThatShareAVideoAndNamesWhatTheyShare() {
    ValidationSplit overlapping = Toys.validation("train", 7);
    Trainer trainer = Trainer.builder().build();
    try (MultimodalModel model = Toys.model()) {
      assertThatThrownBy(() -> trainer.fit(model, TRAIN, overlapping))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(
              "7 segments are in both:"
                  + " [train[0], train[1], train[2], train[3], train[4]] and 2 more")
          .hasMessageContaining("1 videos are in both: [train]");
    }
  }
}
