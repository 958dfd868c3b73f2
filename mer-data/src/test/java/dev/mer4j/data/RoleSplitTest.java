package dev.mer4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleSplitTest {
  private static final SegmentSet SEGMENTS = SegmentList.of(List.of());

  @Test
  void assignsARoleToSegmentsWithoutOne() {
    assertThat(SEGMENTS.role()).isEqualTo(Split.NONE);
    assertThat(TrainingSplit.of(SEGMENTS).role()).isEqualTo(Split.TRAIN);
    assertThat(ValidationSplit.of(SEGMENTS).role()).isEqualTo(Split.VALID);
    assertThat(TestSplit.of(SEGMENTS).role()).isEqualTo(Split.TEST);
  }

  @Test
  void acceptsSegmentsOfTheSameRole() {
    assertThat(TestSplit.of(TestSplit.of(SEGMENTS)).role()).isEqualTo(Split.TEST);
  }

  @Test
  void rejectsTheTestSplitForTrainingAndValidation() {
    TestSplit test = TestSplit.of(SEGMENTS);

    assertThatThrownBy(() -> ValidationSplit.of(test))
        .isInstanceOf(ConfigException.class)
        .hasMessage("these 0 segments are the test split; they cannot be used as the valid split");
    assertThatThrownBy(() -> TrainingSplit.of(test)).isInstanceOf(ConfigException.class);
  }

  @Test
  void rejectsTheTrainingSplitForValidation() {
    TrainingSplit train = TrainingSplit.of(SEGMENTS);

    assertThatThrownBy(() -> ValidationSplit.of(train)).isInstanceOf(ConfigException.class);
  }
}
