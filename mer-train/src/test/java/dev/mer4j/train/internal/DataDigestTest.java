package dev.mer4j.train.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataDigestTest {
  private static final Segment FIRST = segment(0, 1, Modality.TEXT, 0.5f);
  private static final Segment SECOND = segment(1, 0, Modality.AUDIO, 0.25f);
  private static final String DIGEST = digest(FIRST, SECOND);

  @Test
  void isTheSameForTheSameData() {
    assertThat(digest(segment(0, 1, Modality.TEXT, 0.5f), SECOND)).isEqualTo(DIGEST);
  }

  @Test
  void dependsOnIdsLabelsModalitiesAndFeatures() {
    assertThat(
            List.of(
                digest(segment(2, 1, Modality.TEXT, 0.5f), SECOND),
                digest(segment(0, 2, Modality.TEXT, 0.5f), SECOND),
                digest(segment(0, 1, Modality.VISUAL, 0.5f), SECOND),
                digest(segment(0, 1, Modality.TEXT, 0.6f), SECOND)))
        .doesNotContain(DIGEST)
        .doesNotHaveDuplicates();
  }

  @Test
  void dependsOnOrderAndNumberOfSegments() {
    assertThat(List.of(digest(SECOND, FIRST), digest(FIRST), digest()))
        .doesNotContain(DIGEST)
        .doesNotHaveDuplicates();
  }

  private static String digest(Segment... segments) {
    return DataDigest.of(SegmentList.of(List.of(segments)));
  }

  private static Segment segment(int index, float happy, Modality modality, float value) {
    return new Segment(
        new SegmentId("v", index),
        0,
        1,
        EmotionScores.mosei(0, happy, 0, 0, 0, 0, 0),
        PerModality.of(modality, new Features(1, 2, new float[] {1, value})));
  }
}
