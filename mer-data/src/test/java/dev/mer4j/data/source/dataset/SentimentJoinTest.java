package dev.mer4j.data.source.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Emotion;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.SourceNote;
import dev.mer4j.data.source.dataset.JoinTrial.Shuffle;
import dev.mer4j.data.source.dataset.LabelTable.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SentimentJoinTest {
  @Test
  void noLabelIsWrongWhenVideosAreNumberedByTimeAndSomeSegmentsAreLost() {
    JoinTrial.Outcome outcome =
        JoinTrial.of(JoinTrial.random(7, 400)).outcome(11, new Shuffle(0.02, 0, 0));

    assertThat(outcome.wrong()).isZero();
    assertThat(outcome.joined()).isGreaterThan(outcome.segments() * 9 / 10);
  }

  @Test
  void noLabelIsWrongWhenHalfOfTheVideosAreNumberedAsInTheLabelFile() {
    JoinTrial.Outcome outcome =
        JoinTrial.of(JoinTrial.random(8, 400)).outcome(12, new Shuffle(0.02, 0.5, 0));

    assertThat(outcome.wrong()).isZero();
    assertThat(outcome.joined()).isGreaterThan(outcome.segments() * 8 / 10);
  }

  @Test
  void labelsThatAreJoinedByNumberAreOftenWrong() {
    JoinTrial.Outcome outcome =
        JoinTrial.of(JoinTrial.random(7, 400)).outcome(11, new Shuffle(0.02, 0, 0));

    assertThat(outcome.wrongByNumber()).isGreaterThan(outcome.segments() / 10);
  }

  @Test
  void aSegmentThatCouldBeTwoRowsOfDifferentEmotionsStaysUnlabeled() {
    LabelTable labels = new LabelTable();
    labels.add("v", row(0, 1, 3));
    labels.add("v", row(1, 1, 0));
    SentimentJoin join = new SentimentJoin(labels);

    SegmentEntry only = JoinTrial.entry("v", 0, 1);
    assertThat(join.join(List.of(only))).containsExactly(only);
    assertThat(join.notes(1))
        .extracting(SourceNote::text)
        .contains("labels: segments that could be several rows, left unlabeled: 1 (v[0])");
  }

  @Test
  void aSegmentThatCouldBeTwoRowsOfTheSameEmotionsHasThem() {
    LabelTable labels = new LabelTable();
    labels.add("v", row(0, 1, 2));
    labels.add("v", row(1, 1, 2));
    SentimentJoin join = new SentimentJoin(labels);

    assertThat(
            join.join(List.of(JoinTrial.entry("v", 0, 1)))
                .get(0)
                .label()
                .scores()
                .of(Emotion.HAPPY))
        .isEqualTo(2);
  }

  @Test
  void aVideoWithOtherSentimentsStaysUnlabeled() {
    LabelTable labels = new LabelTable();
    labels.add("v", row(0, 1, 2));
    SentimentJoin join = new SentimentJoin(labels);

    join.join(List.of(JoinTrial.entry("v", 0, 1), JoinTrial.entry("v", 1, -1)));
    assertThat(join.joined()).isZero();
    assertThat(join.notes(2))
        .extracting(SourceNote::text)
        .contains(
            "labels: segments whose video has other sentiments, left unlabeled: 2 (v[0], v[1])");
  }

  private static Row row(double start, float sentiment, float happy) {
    double[] values = {sentiment, happy, 0, 0, 0, 0, 0};
    return new Row(start, start + 1, Labels.of(new Rows.Doubles(7, values), 0));
  }
}
