package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.core.RandomSegments;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class WindowSegmentsTest {
  private static ScoredItem item(SegmentId id) {
    PerModality<Features> none = PerModality.of();
    return ScoredItem.of(RowFactory.create(), new Segment(id, 0, 1, EmotionScores.UNLABELED, none));
  }

  /** The free index is found at once: ten thousand rows of one id take no longer than others. */
  @Test
  void anEqualIdGetsTheIndexOfItsRow() {
    SegmentId same = new SegmentId("same", 0);
    List<ScoredItem> items = Collections.nCopies(10_000, item(same));

    SegmentSet segments = new WindowSegments(items, RandomSegments.WIDTHS, List.of());

    assertThat(segments.info(0).id()).isEqualTo(same);
    assertThat(IntStream.range(1, segments.size()).mapToObj(s -> segments.info(s).id()))
        .containsExactlyElementsOf(
            IntStream.range(1, segments.size())
                .mapToObj(s -> new SegmentId("same[0]", s))
                .toList());
  }

  @Test
  void anIndexThatIsTakenIsSkipped() {
    List<ScoredItem> items =
        List.of(
            item(new SegmentId("a[0]", 1)),
            item(new SegmentId("a", 0)),
            item(new SegmentId("a", 0)));

    SegmentSet segments = new WindowSegments(items, RandomSegments.WIDTHS, List.of());

    assertThat(segments.info(2).id()).isEqualTo(new SegmentId("a[0]", 2));
    assertThat(segments.info(1).id()).isEqualTo(new SegmentId("a", 0));
  }
}
