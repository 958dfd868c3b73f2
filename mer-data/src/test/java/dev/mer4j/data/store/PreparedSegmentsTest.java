package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.store.PreparedSegments.Video;
import dev.mer4j.data.synth.SyntheticMosei;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PreparedSegmentsTest {
  @TempDir static Path data;
  private static CsdFolder files;
  private static Folds folds;

  @TempDir Path folder;

  @BeforeAll
  static void writeData() {
    files = SmallFiles.write(data);
    folds = Folds.read(data.resolve(SyntheticMosei.FOLDS));
  }

  private static Preparation preparation(IncompletePolicy incomplete, Precision precision) {
    return Preparation.builder(files)
        .folds(folds)
        .options(
            new PrepareOptions(
                SampleUnit.SEGMENT,
                40,
                Truncation.TAIL,
                SanitizeOptions.DEFAULT,
                incomplete,
                precision))
        .build();
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void returnsTheSegmentsOfTheStore(Precision precision) {
    Preparation preparation = preparation(IncompletePolicy.DROP_SEGMENT, precision);
    StoreInfo info = preparation.run(folder.resolve("x.store"));
    try (SegmentStore store = SegmentStore.open(folder.resolve("x.store"));
        PreparedSegments segments = preparation.open()) {
      assertThat(segments.widths()).isEqualTo(store.widths());
      assertThat(segments.labels()).isEqualTo(info.labels());
      int s = 0;
      while (segments.hasNext()) {
        Video video = segments.next();
        for (Segment segment : video.segments()) {
          assertThat(video.split()).isEqualTo(store.splitOf(s));
          requireEqual(segment, store.allSegments().segment(s));
          requireEqual(preparation.segment(segment.id()), segment);
          s++;
        }
      }
      assertThat(s).isEqualTo(store.allSegments().size()).isPositive();
      segments.check();
      assertThat(segments.coverage()).isEqualTo(info.coverage());
    }
  }

  private static void requireEqual(Segment segment, Segment stored) {
    assertThat(segment.info()).isEqualTo(stored.info());
    for (Modality modality : stored.features().modalities()) {
      assertThat(segment.features().get(modality).values())
          .isEqualTo(stored.features().get(modality).values());
    }
  }

  @Test
  void anUnknownSegmentIsAnError() {
    Preparation preparation = preparation(IncompletePolicy.KEEP, Precision.FLOAT32);
    try (PreparedSegments segments = preparation.open()) {
      String video = segments.next().name();
      assertThatThrownBy(() -> preparation.segment(new SegmentId(video, 9999)))
          .isInstanceOf(MerException.class)
          .hasMessageContaining("9999");
      assertThatThrownBy(() -> preparation.segment(new SegmentId("no such video", 0)))
          .isInstanceOf(MerException.class)
          .hasMessageContaining("no such video");
    }
  }
}
