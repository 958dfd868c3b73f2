package dev.mer4j.eval.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.provenance.Provenance;
import dev.mer4j.core.provenance.SegmentIds;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingOverlapTest {
  private static final Provenance PROVENANCE =
      new Provenance(
          Map.of(),
          SegmentIds.of(segments("a[0]", "a[1]", "b[4]")),
          SegmentIds.of(segments("c[0]")));

  @Test
  void countsWhatWasTrainedAndSelectedOnAndTheRestOfTheirVideos() {
    TrainingOverlap seen =
        TrainingOverlap.of(PROVENANCE, segments("a[0]", "b[4]", "b[5]", "c[0]", "d[0]", "e[0]"))
            .orElseThrow();

    assertThat(seen).isEqualTo(new TrainingOverlap(6, 2, 1, 1, true));
    assertThat(seen.warning())
        .contains(
            "WARNING: of the 6 evaluated segments, 2 the model was trained on, 1 its epoch and"
                + " thresholds were selected on, 1 are of videos that it was trained or selected"
                + " on. These figures do not measure performance on new data.");
  }

  @Test
  void doesNotWarnAboutUnseenSegments() {
    assertThat(TrainingOverlap.of(PROVENANCE, segments("d[0]")).orElseThrow().warning()).isEmpty();
  }

  @Test
  void isEmptyForAModelWithoutRecordedSegments() {
    assertThat(TrainingOverlap.of(Provenance.UNKNOWN, segments("a[0]"))).isEmpty();
  }

  private static SegmentList segments(String... ids) {
    EmotionScores scores = EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0);
    return SegmentList.of(
        Arrays.stream(ids)
            .map(id -> new Segment(SegmentId.parse(id), 0, 1, scores, Map.of()))
            .toList());
  }
}
