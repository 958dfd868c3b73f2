package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFile;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Sanitizer;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.Incomplete;
import dev.mer4j.data.segment.RawSegment;
import dev.mer4j.data.segment.SegmentReader;
import dev.mer4j.data.segment.Unit;
import dev.mer4j.data.synth.SyntheticMosei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
    files =
        SyntheticMosei.builder()
            .videos(12)
            .width(Modality.VISUAL, 20)
            .width(Modality.TEXT, 10)
            .width(Modality.AUDIO, 12)
            .seed(3)
            .build()
            .write(data);
    folds = Folds.read(data.resolve(SyntheticMosei.FOLDS));
  }

  @Test
  void storesWhatReaderSanitizerAndTruncationSay() {
    PrepareOptions options =
        new PrepareOptions(Unit.SEGMENT, 50, Truncation.POOL, SanitizeOptions.DEFAULT);
    Path file = folder.resolve("x.store");
    StoreInfo info = Preparation.builder(files).folds(folds).options(options).build().run(file);
    Sanitizer sanitizer = new Sanitizer(options.sanitize());
    try (SegmentStore store = SegmentStore.open(file);
        SegmentReader reader = SegmentReader.open(files, Unit.SEGMENT)) {
      store.verify();
      assertThat(store.info()).usingRecursiveComparison().isEqualTo(info);
      SegmentSet all = store.all();
      int s = 0;
      for (String video : reader.videos()) {
        for (RawSegment raw : reader.read(video)) {
          assertThat(all.info(s).id()).isEqualTo(raw.id());
          assertThat(all.info(s).scores()).isEqualTo(raw.scores());
          assertThat(store.splitOf(s)).isEqualTo(folds.of(video));
          for (Modality modality : Modality.values()) {
            assertThat(all.info(s).modalities().contains(modality))
                .isEqualTo(raw.rows().containsKey(modality));
            if (raw.rows().containsKey(modality)) {
              Features mended = sanitizer.sanitize(modality, raw.rows().get(modality)).features();
              Features expected = options.truncation().apply(mended, 50);
              float[] values = new float[expected.values().length];
              all.read(s, modality, values, 0);
              assertThat(values).isEqualTo(expected.values());
            }
          }
          s++;
        }
      }
      assertThat(s).isEqualTo(all.size());
    }
  }

  @Test
  void fitsTheStandardizationOnTheTrainingFoldOnly() {
    Path file = folder.resolve("x.store");
    Preparation.builder(files).folds(folds).build().run(file);
    try (SegmentStore store = SegmentStore.open(file)) {
      Standardization again = Standardization.fit(store.split(Split.TRAIN));
      for (Modality modality : Modality.values()) {
        double[] means = store.standardization().of(modality).mean();
        for (int d = 0; d < means.length; d++) {
          assertThat(means[d]).isCloseTo(again.of(modality).mean()[d], within(1e-9));
          assertThat(store.standardization().of(modality).scale()[d])
              .isCloseTo(again.of(modality).scale()[d], within(1e-9));
        }
      }
    }
  }

  @Test
  void theSameFilesMakeTheSameBytes() {
    Preparation.builder(files).folds(folds).build().run(folder.resolve("one"));
    Preparation.builder(files).folds(folds).build().run(folder.resolve("two"));
    assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("two"));
  }

  @Test
  void anyNumberOfThreadsMakesTheSameBytes() {
    Preparation.builder(files).folds(folds).threads(1).build().run(folder.resolve("one"));
    Preparation.builder(files).folds(folds).threads(5).build().run(folder.resolve("five"));
    assertThat(folder.resolve("one")).hasSameBinaryContentAs(folder.resolve("five"));
  }

  @Test
  void halfPrecisionTakesHalfTheRoomAndIsAsNearAsItCanBe() throws IOException {
    Preparation.builder(files).build().run(folder.resolve("full"));
    PrepareOptions options =
        new PrepareOptions(
            Unit.SEGMENT,
            300,
            Truncation.HEAD,
            SanitizeOptions.DEFAULT,
            Incomplete.KEEP,
            Precision.FLOAT16);
    Preparation.builder(files).options(options).build().run(folder.resolve("half"));
    assertThat(Files.size(folder.resolve("half")))
        .isBetween(
            Files.size(folder.resolve("full")) / 2, Files.size(folder.resolve("full")) * 6 / 10);
    try (SegmentStore full = SegmentStore.open(folder.resolve("full"));
        SegmentStore half = SegmentStore.open(folder.resolve("half"))) {
      half.verify();
      assertThat(half.info().options()).isEqualTo(options);
      for (int s = 0; s < full.all().size(); s++) {
        for (Modality modality : full.all().info(s).modalities().toList()) {
          int size = full.all().info(s).steps(modality) * full.widths().get(modality);
          float[] expected = new float[size];
          float[] found = new float[size];
          full.all().read(s, modality, expected, 0);
          half.all().read(s, modality, found, 0);
          for (int i = 0; i < size; i++) {
            assertThat(found[i]).isEqualTo(Float16.value(Float16.of(expected[i])));
          }
        }
      }
    }
  }

  @Test
  void halfPrecisionNeedsALimitThatItCanHold() {
    assertThatThrownBy(
            () ->
                new PrepareOptions(
                    Unit.SEGMENT,
                    0,
                    Truncation.HEAD,
                    new SanitizeOptions(1e6, Map.of()),
                    Incomplete.KEEP,
                    Precision.FLOAT16))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("steps must be at least 1: 0")
        .hasMessageContaining("the text limit must be at most 65504.0, the largest float16");
  }

  @Test
  void leavesOutIncompleteSegmentsIfAsked() {
    PrepareOptions options =
        new PrepareOptions(
            Unit.SEGMENT,
            300,
            Truncation.HEAD,
            SanitizeOptions.DEFAULT,
            Incomplete.DROP_SEGMENT,
            Precision.FLOAT32);
    StoreInfo all = Preparation.builder(files).build().run(folder.resolve("all"));
    StoreInfo some =
        Preparation.builder(files).options(options).build().run(folder.resolve("some"));
    assertThat(some.segments().get(Split.NONE) + some.dropped())
        .isEqualTo(all.segments().get(Split.NONE));
    try (SegmentStore store = SegmentStore.open(folder.resolve("some"))) {
      for (int s = 0; s < store.all().size(); s++) {
        assertThat(store.all().info(s).modalities()).isEqualTo(ModalitySet.ALL);
      }
    }
  }

  @Test
  void writesDownWhatItCouldNotUseOrFailsIfStrict() throws IOException {
    Path damaged = folder.resolve("damaged.csd");
    writeWithTwoWidths(damaged);
    CsdFolder data = new CsdFolder(files.labels(), Map.of(Modality.AUDIO, damaged));
    StoreInfo info = Preparation.builder(data).build().run(folder.resolve("x.store"));
    assertThat(info.faults()).hasSize(1);
    assertThat(info.faults().get(0).problem()).contains("is 5 wide, the others are 4");
    assertThatThrownBy(
            () -> Preparation.builder(data).strict(true).build().run(folder.resolve("y.store")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("damaged.csd: entry '")
        .hasMessageContaining("is 5 wide");
    assertThat(folder.resolve("y.store")).doesNotExist();
  }

  private static void writeWithTwoWidths(Path file) {
    try (CsdFile labels = CsdFile.open(files.labels())) {
      List<String> videos = List.copyOf(labels.videos());
      CsdWriter.write(
          file,
          "COVAREP",
          Map.of(),
          writer -> {
            for (int v = 0; v < videos.size(); v++) {
              int width = v == 7 ? 5 : 4;
              writer.put(
                  new CsdEntry(
                      videos.get(v),
                      new double[] {0, 9},
                      new Rows.Floats(width, new float[width])));
            }
          });
    }
  }

  @Test
  void withoutFoldsAllSegmentsAreInNone() {
    Path file = folder.resolve("x.store");
    Preparation.builder(files).build().run(file);
    try (SegmentStore store = SegmentStore.open(file)) {
      assertThat(store.split(Split.NONE).size()).isEqualTo(store.all().size()).isPositive();
      assertThat(store.split(Split.TRAIN).size()).isZero();
      assertThat(store.standardization().of(Modality.AUDIO).scale()).containsOnly(1);
    }
  }

  @Test
  void aWholeVideoIsOneSample() {
    Path file = folder.resolve("x.store");
    PrepareOptions options =
        new PrepareOptions(Unit.VIDEO, 300, Truncation.HEAD, SanitizeOptions.DEFAULT);
    Preparation.builder(files).options(options).build().run(file);
    try (SegmentStore store = SegmentStore.open(file)) {
      assertThat(store.all().size()).isEqualTo(12);
      assertThat(store.all().info(0).steps(Modality.AUDIO)).isLessThanOrEqualTo(300);
    }
  }

  @Test
  void tellsItsProgressVideoByVideo() {
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

  @Test
  void aPreparationThatBreaksOffLeavesTheOldStoreAlone() throws IOException {
    Path file = folder.resolve("x.store");
    Files.writeString(file, "old");
    Preparation broken =
        Preparation.builder(files)
            .progress(
                (done, total) -> {
                  if (done == 5) {
                    throw new ConfigException("stop");
                  }
                })
            .build();
    assertThatThrownBy(() -> broken.run(file)).hasMessage("stop");
    assertThat(file).hasContent("old");
    assertThat(folder).isDirectoryContaining(file::equals);
    try (var left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void namesTheDamagedFile() throws IOException {
    Path cut = folder.resolve("CMU_MOSEI_COVAREP.csd");
    byte[] whole = Files.readAllBytes(files.features().get(Modality.AUDIO));
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    CsdFolder damaged = new CsdFolder(files.labels(), Map.of(Modality.AUDIO, cut));
    assertThatThrownBy(() -> Preparation.builder(damaged).build().run(folder.resolve("x.store")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("CMU_MOSEI_COVAREP.csd: truncated");
    assertThat(folder.resolve("x.store")).doesNotExist();
  }
}
