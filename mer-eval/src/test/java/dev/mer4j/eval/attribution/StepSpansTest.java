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
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
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

  private static StepSpan ofStore(int segment, Truncation truncation) {
    return StepSpans.of(STORE, STORE.info(segment), options(truncation)).get(Modality.AUDIO);
  }

  private static void assertSpan(StepSpan found, double from, double to) {
    assertThat(found.from()).isCloseTo(from, within(1e-12));
    assertThat(found.to()).isCloseTo(to, within(1e-12));
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
    PerModality<StepSpan> found = StepSpans.of(single, single.info(0), options(Truncation.HEAD));
    assertThat(found.get(Modality.AUDIO)).isEqualTo(StepSpan.WHOLE);
  }

  @Test
  void rowsOfRawDataCoverTheTimeFromTheFirstToTheLast() {
    SegmentInfo prepared = segment(0, 10, 30).info();
    assertSpan(ofRaw(prepared, 7, 13, 60, Truncation.HEAD), 0.2, 0.5);
    assertSpan(ofRaw(prepared, 7, 13, 60, Truncation.TAIL), 0.5, 0.8);
    assertSpan(ofRaw(prepared, 7, 13, 60, Truncation.POOL), 0.2, 0.8);
    assertSpan(ofRaw(prepared, 7, 13, 30, Truncation.HEAD), 0.2, 0.8);
    assertSpan(ofRaw(prepared, Double.NaN, Double.NaN, 60, Truncation.HEAD), 0, 0.5);
  }

  private static StepSpan ofRaw(
      SegmentInfo prepared, double first, double last, int count, Truncation truncation) {
    SegmentRows rows =
        new SegmentRows(new Rows.Floats(1, new float[count]), new int[count], first, last);
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
