package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Sanitizer;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PreparationTest {
  @TempDir static Path data;
  private static CsdFolder files;
  private static Folds folds;

  @TempDir Path folder;

  @BeforeAll
  static void writeData() {
    files = SmallFiles.write(data);
    folds = Folds.read(data.resolve(SyntheticMosei.FOLDS));
  }

  @Test
  void storesTheSanitizedAndTruncatedSegments() {
    PrepareOptions options =
        new PrepareOptions(SampleUnit.SEGMENT, 50, Truncation.POOL, SanitizeOptions.DEFAULT);
    Path file = folder.resolve("x.store");
    StoreInfo info = Preparation.builder(files).folds(folds).options(options).build().run(file);
    Sanitizer sanitizer = new Sanitizer(options.sanitize());
    try (SegmentStore store = SegmentStore.open(file);
        SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT)) {
      store.verify();
      assertThat(store.info()).usingRecursiveComparison().isEqualTo(info);
      SegmentSet all = store.allSegments();
      int s = 0;
      for (String video : reader.videos()) {
        for (RawSegment raw : reader.read(video)) {
          assertThat(all.info(s).id()).isEqualTo(raw.id());
          assertThat(all.info(s).scores()).isEqualTo(raw.scores());
          assertThat(store.splitOf(s)).isEqualTo(folds.of(video));
          for (Modality modality : Modality.MOSEI) {
            assertThat(all.info(s).modalities().contains(modality))
                .isEqualTo(raw.rows().has(modality));
            if (raw.rows().has(modality)) {
              Features sanitized =
                  sanitizer.sanitize(modality, raw.rows().get(modality)).features();
              Features expected = options.truncation().apply(sanitized, 50);
              assertThat(all.features(s, modality).values()).isEqualTo(expected.values());
            }
          }
          s++;
        }
      }
      assertThat(s).isEqualTo(all.size());
    }
  }

  @Test
  void theSameFilesProduceTheSameBytes() {
    Preparation.builder(files).folds(folds).build().run(folder.resolve("one"));
    Preparation.builder(files).folds(folds).build().run(folder.resolve("two"));
    assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("two"));
  }

  @Test
  void anyNumberOfThreadsProducesTheSameBytes() {
    Preparation.builder(files).folds(folds).threads(1).build().run(folder.resolve("one"));
    Preparation.builder(files).folds(folds).threads(5).build().run(folder.resolve("five"));
    assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("five"));
  }

  @Test
  void aWholeVideoIsOneSample() {
    Path file = folder.resolve("x.store");
    PrepareOptions options =
        new PrepareOptions(SampleUnit.VIDEO, 300, Truncation.HEAD, SanitizeOptions.DEFAULT);
    Preparation.builder(files).options(options).build().run(file);
    try (SegmentStore store = SegmentStore.open(file)) {
      assertThat(store.allSegments().size()).isEqualTo(12);
      assertThat(store.allSegments().info(0).steps(Modality.AUDIO)).isLessThanOrEqualTo(300);
    }
  }

  @Test
  void dropsIncompleteSegmentsIfRequested() {
    PrepareOptions options =
        new PrepareOptions(
            SampleUnit.SEGMENT,
            300,
            Truncation.HEAD,
            SanitizeOptions.DEFAULT,
            IncompletePolicy.DROP_SEGMENT,
            Precision.FLOAT32);
    StoreInfo all = Preparation.builder(files).build().run(folder.resolve("all"));
    StoreInfo some =
        Preparation.builder(files).options(options).build().run(folder.resolve("some"));
    assertThat(some.segments().get(Split.NONE) + some.dropped())
        .isEqualTo(all.segments().get(Split.NONE));
    try (SegmentStore store = SegmentStore.open(folder.resolve("some"))) {
      for (int s = 0; s < store.allSegments().size(); s++) {
        assertThat(store.allSegments().info(s).modalities())
            .isEqualTo(ModalitySet.of(Modality.MOSEI));
      }
    }
  }

  @Test
  void recordsItsSources() throws IOException {
    Path file = folder.resolve("x.store");
    Preparation.builder(files).sha256(true).build().run(file);
    try (SegmentStore store = SegmentStore.open(file)) {
      StoreInfo.Source labels = store.info().sources().get(0);
      byte[] bytes = Files.readAllBytes(files.labels());
      assertThat(labels.file()).isEqualTo("CMU_MOSEI_Labels.csd");
      assertThat(labels.bytes()).isEqualTo(bytes.length);
      assertThat(labels.sha256()).isEqualTo(Sha256.of(bytes));
      assertThat(store.info().sources()).hasSize(4);
    }
  }

  @Test
  void reportsProgressAfterEachVideo() {
    List<Integer> seen = new ArrayList<>();
    Preparation.builder(files)
        .progress(
            (done, total) -> {
              assertThat(total).isEqualTo(12);
              seen.add(done);
            })
        .build()
        .run(folder.resolve("x.store"));
    assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }
}
