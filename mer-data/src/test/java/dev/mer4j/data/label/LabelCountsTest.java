package dev.mer4j.data.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.label.LabelSet.TieRule;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LabelCountsTest {
  private static final SegmentList SEGMENTS =
      segments(
          EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0),
          EmotionScores.mosei(1, 0, 0, 0, 0, 0, 0),
          EmotionScores.mosei(0, 1, 0, 1, 0, 0, 0),
          EmotionScores.mosei(0, 1, 0, 2, 0, 0, 0),
          EmotionScores.mosei(0, 0, 0, 0, 0, 0, 3));

  @Test
  void countsExcludedSegments() {
    LabelCounts counts = LabelCounts.of(LabelSet.singleLabel(TieRule.LEAVE_OUT), SEGMENTS);
    assertThat(counts.excluded()).isEqualTo(3);
    assertThat(counts)
        .hasToString(
            "one emotion each, ties leave-out: 3 of 5 segments are excluded: 2 show no emotion, 1"
                + " have several highest emotions");
  }

  @Test
  void countsSegmentsAssignedToTheFirstColumn() {
    LabelCounts counts = LabelCounts.of(LabelSet.singleLabel(TieRule.FIRST_COLUMN), SEGMENTS);
    assertThat(counts.excluded()).isZero();
    assertThat(counts)
        .hasToString(
            "one emotion each, ties first-column: of 5 segments, 2 that show no emotion count as"
                + " happy, and 1 with several highest emotions as the first of them");
  }

  @Test
  void countsSegmentsOfTheClassNone() {
    LabelCounts counts = LabelCounts.of(LabelSet.singleLabel(TieRule.NONE_CLASS), SEGMENTS);
    assertThat(counts.excluded()).isEqualTo(1);
    assertThat(counts)
        .hasToString(
            "one emotion each, ties none-class: of 5 segments, 2 that show no emotion have the"
                + " class none, and 1 with several highest emotions are excluded");
  }

  @Test
  void countsMultiLabelSegmentsWithoutEmotion() {
    assertThat(LabelCounts.of(LabelSet.MULTI_LABEL, SEGMENTS))
        .hasToString("several emotions at once: 2 of 5 segments show none");
  }

  @Test
  void rulesHaveNames() {
    for (TieRule rule : TieRule.values()) {
      assertThat(TieRule.of(rule.key())).isEqualTo(rule);
    }
    assertThatThrownBy(() -> TieRule.of("first"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("unknown tie rule 'first': use first-column, leave-out or none-class");
  }

  private static SegmentList segments(EmotionScores... scores) {
    return SegmentList.of(
        IntStream.range(0, scores.length)
            .mapToObj(s -> new Segment(new SegmentId("v", s), s, s + 1, scores[s], Map.of()))
            .toList());
  }
}
