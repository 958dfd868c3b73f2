package dev.mer4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SegmentListTest {
  @Test
  void aSegmentIsCopiedWithItsFeatures() {
    Segment original = segment(1, 2);
    SegmentList segments = SegmentList.of(List.of(original));

    Segment copy = segments.segment(0);

    assertThat(copy.info()).isEqualTo(original.info());
    assertThat(copy.features().get(Modality.TEXT).values())
        .isNotSameAs(original.features().get(Modality.TEXT).values())
        .isEqualTo(original.features().get(Modality.TEXT).values());
    assertThat(segments.features(0, Modality.TEXT).steps()).isEqualTo(2);
  }

  private static final EmotionScores SCORES = EmotionScores.mosei(0, 0, 0, 0, 0, 0, 0);

  @Test
  void returnsTheGivenSegments() {
    SegmentList segments = SegmentList.of(List.of(segment(0, 2), segment(1, 2)));
    float[] target = new float[5];
    segments.read(1, Modality.TEXT, target, 1);
    assertThat(target).containsExactly(0, 1, 2, 3, 4);
    assertThat(segments.size()).isEqualTo(2);
    assertThat(segments.widths()).isEqualTo(PerModality.of(Modality.TEXT, 2));
    assertThat(segments.info(1).steps(Modality.TEXT)).isEqualTo(2);
    assertThat(segments.info(1).steps(Modality.AUDIO)).isZero();
    assertThatThrownBy(() -> segments.read(1, Modality.AUDIO, target, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("v[1] has no audio features");
  }

  @Test
  void rejectsDifferentWidthsOfOneModality() {
    assertThatThrownBy(() -> SegmentList.of(List.of(segment(0, 2), segment(1, 4))))
        .isInstanceOf(MerException.class)
        .hasMessage("v[1]: text features have width 4, earlier segments have width 2");
  }

  private static Segment segment(int index, int width) {
    Features features = new Features(4 / width, width, new float[] {1, 2, 3, 4});
    return new Segment(
        new SegmentId("v", index), 0, 1, SCORES, PerModality.of(Modality.TEXT, features));
  }
}
