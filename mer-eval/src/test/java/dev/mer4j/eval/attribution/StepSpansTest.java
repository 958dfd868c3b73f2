package dev.mer4j.eval.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentInfo;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.Overlap;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.segment.SegmentRows;
import dev.mer4j.data.store.PrepareOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepSpansTest {
  /** Audio of ten steps a second, truncated to thirty. */
  private static final SegmentList STORE =
      SegmentList.of(List.of(segment(0, 2, 20), segment(1, 6, 30), segment(2, 1, 10)));

  private static Segment segment(int index, double seconds, int steps) {
    Features features = new Features(steps, 1, new float[steps]);
    return new Segment(
        new SegmentId("v", index),
        5,
        5 + seconds,
        EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0),
        Map.of(Modality.AUDIO, features));
  }

  private static PrepareOptions options(Truncation truncation) {
    return new PrepareOptions(SampleUnit.SEGMENT, 30, truncation, SanitizeOptions.DEFAULT);
  }

  private static StepTimes ofStore(int segment, Truncation truncation) {
    return StepSpans.of(STORE, STORE.info(segment), options(truncation)).get(Modality.AUDIO);
  }

  private static void assertSpan(StepTimes found, double from, double to) {
    assertThat(found.start(0)).isCloseTo(from, within(1e-12));
    assertThat(found.end(found.steps() - 1)).isCloseTo(to, within(1e-12));
  }

  @Test
  void truncatedSequencesOfAStoreLastAsLongAsTheOthersSteps() {
    assertSpan(ofStore(1, Truncation.HEAD), 0, 0.5);
    assertSpan(ofStore(1, Truncation.TAIL), 0.5, 1);
    assertSpan(ofStore(1, Truncation.POOL), 0, 1);
    assertSpan(ofStore(0, Truncation.HEAD), 0, 1);
  }

  @Test
  void withoutOtherSequencesTruncatedOnesCoverTheirSegment() {
    SegmentList single = SegmentList.of(List.of(segment(0, 6, 30)));
    PerModality<StepTimes> found = StepSpans.of(single, single.info(0), options(Truncation.HEAD));
    assertSpan(found.get(Modality.AUDIO), 0, 1);
  }

  @Test
  void rowsWithoutTimesCoverTheSegment() {
    SegmentRows rows = new SegmentRows(new Rows.Floats(1, new float[60]), new int[60]);
    assertSpan(ofRaw(30, rows, Truncation.HEAD), 0, 0.5);
    assertSpan(ofRaw(60, rows, Truncation.HEAD), 0, 1);
  }

  /** The segment lasts from 5 to 15 s. */
  @Test
  void stepsOfRawDataHaveTheTimesOfTheirRows() {
    SegmentRows rows = rows(new double[] {4, 6, 6, 6.5, 9, 10, 10, 14, 14.5, 16});

    assertTimes(ofRaw(5, rows, Truncation.HEAD), 0, .1, .1, .15, .4, .5, .5, .9, .95, 1);
    assertTimes(ofRaw(2, rows, Truncation.HEAD), 0, .1, .1, .15);
    assertTimes(ofRaw(2, rows, Truncation.TAIL), .5, .9, .95, 1);
    assertTimes(ofRaw(2, rows, Truncation.POOL), 0, .15, .4, 1);
  }

  @Test
  void anInstantLastsUntilTheNextRow() {
    assertTimes(
        ofRaw(3, rows(new double[] {6, 6, 7, 7, 9, 9}), Truncation.HEAD), .1, .2, .2, .4, .4, .6);
    assertTimes(ofRaw(1, rows(new double[] {6, 6}), Truncation.HEAD), .1, .1);
  }

  /** Of unequal rows, the even division would find other parts. */
  @Test
  void aPartHasTheStepsWhoseMiddlesAreInIt() {
    SegmentRows rows = rows(new double[] {5, 5.2, 5.2, 5.4, 14, 15});
    List<Timeline.Part> parts = Timeline.split(Modality.AUDIO, ofRaw(3, rows, Truncation.HEAD));
    assertThat(parts.get(0).steps()).isEqualTo(2);
    assertThat(parts.get(18).steps() + parts.get(19).steps()).isEqualTo(1);
  }

  private static void assertTimes(StepTimes found, double... intervals) {
    assertThat(found.steps()).isEqualTo(intervals.length / 2);
    for (int t = 0; t < found.steps(); t++) {
      assertThat(found.start(t)).isCloseTo(intervals[2 * t], within(1e-12));
      assertThat(found.end(t)).isCloseTo(intervals[2 * t + 1], within(1e-12));
    }
  }

  private static SegmentRows rows(double[] intervals) {
    int count = intervals.length / 2;
    CsdEntry entry = new CsdEntry("v", intervals, new Rows.Floats(1, new float[count]));
    return new Overlap(entry).within(5, 15);
  }

  private static StepTimes ofRaw(int steps, SegmentRows rows, Truncation truncation) {
    SegmentInfo prepared = segment(0, 10, steps).info();
    RawSegment raw =
        new RawSegment(
            prepared.id(),
            prepared.start(),
            prepared.end(),
            prepared.scores(),
            0,
            PerModality.of(Modality.AUDIO, rows));
    return StepSpans.of(raw, prepared, options(truncation)).get(Modality.AUDIO);
  }
}
