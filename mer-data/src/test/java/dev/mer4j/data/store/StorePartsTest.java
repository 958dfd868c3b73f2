package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.data.Modality;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdLayout;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.sanitize.SanitizeOptions;
import dev.mer4j.data.sanitize.Truncation;
import dev.mer4j.data.segment.IncompletePolicy;
import dev.mer4j.data.segment.SampleUnit;
import dev.mer4j.data.synth.SyntheticMosei;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Parts of a store that are written in their places of one file. */
final class StorePartsTest {
  @TempDir static Path data;
  private static CsdFolder files;

  @TempDir Path folder;
  private Path records;
  private Path whole;
  private Path merged;

  @BeforeAll
  static void writeData() {
    files = SmallFiles.write(data);
  }

  @BeforeEach
  void createRecords() throws IOException {
    records = Files.createFile(folder.resolve("records"));
    whole = folder.resolve("whole");
    merged = folder.resolve("merged");
  }

  private static Preparation preparation(CsdFolder some, PrepareOptions options) {
    return Preparation.builder(some)
        .folds(Folds.read(data.resolve(SyntheticMosei.FOLDS)))
        .options(options)
        .build();
  }

  private static Preparation preparation() {
    return preparation(files, PrepareOptions.DEFAULT);
  }

  private Path shard(int part) {
    return folder.resolve("shard-" + part);
  }

  private void write(Preparation preparation, List<StorePart> parts, int part) {
    preparation.sharded().writePart(parts.get(part), records, shard(part));
  }

  private StoreInfo merge(Preparation preparation, List<StorePart> parts) {
    List<Path> shards = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      shards.add(shard(part));
    }
    return preparation
        .sharded()
        .merge(shards::iterator, records, OutputFile.of(merged, SegmentStore.MARK));
  }

  static List<PrepareOptions> options() {
    List<PrepareOptions> all = new ArrayList<>();
    for (SampleUnit unit : SampleUnit.values()) {
      for (Precision precision : Precision.values()) {
        for (IncompletePolicy incomplete : IncompletePolicy.values()) {
          all.add(
              new PrepareOptions(
                  unit, 37, Truncation.TAIL, SanitizeOptions.DEFAULT, incomplete, precision));
        }
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("options")
  void partsInAnyOrderAreTheStoreOfOneProcess(PrepareOptions options) throws IOException {
    Preparation preparation = preparation(files, options);
    StoreInfo expected = preparation.run(whole);
    List<StorePart> parts = preparation.sharded().plan(5, true);
    for (int part : new int[] {3, 0, 4, 1, 3, 2}) {
      write(preparation, parts, part);
    }

    StoreInfo info = merge(preparation, parts);

    assertThat(parts).hasSize(5).allMatch(StorePart::isPlaced);
    assertThat(records).doesNotExist();
    assertThat(merged).hasSameBinaryContentAs(whole);
    assertThat(info).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void partsFollowEachOtherAndHaveAboutTheSameSize() {
    List<StorePart> parts = preparation().sharded().plan(3, true);
    long all = parts.get(2).end() - parts.get(0).start();

    assertThat(parts.get(0).from()).isZero();
    assertThat(parts.get(0).start()).isEqualTo(StoreFormat.HEADER_BYTES);
    for (int part = 1; part < parts.size(); part++) {
      assertThat(parts.get(part).from()).isEqualTo(parts.get(part - 1).to());
      assertThat(parts.get(part).start()).isEqualTo(parts.get(part - 1).end());
    }
    assertThat(parts.get(2).to()).isEqualTo(preparation().videos().size());
    assertThat(parts).allMatch(part -> part.end() - part.start() > all / 6);
    assertThat(preparation().sharded().plan(100, true)).hasSize(preparation().videos().size());
    assertThat(preparation().sharded().plan(1, true)).hasSize(1);
  }

  @Test
  void partsOnSeveralMachinesHaveNoPlace() {
    assertThat(preparation().sharded().plan(3, false))
        .hasSize(3)
        .noneMatch(StorePart::isPlaced)
        .last()
        .extracting(StorePart::to)
        .isEqualTo(preparation().videos().size());
  }

  @Test
  void aPartOfAnotherSizeThanPlannedLosesNothing() throws IOException {
    preparation().run(whole);
    List<StorePart> planned = preparation().sharded().plan(3, true);
    for (long more : new long[] {4, -4}) {
      StorePart second = planned.get(1);
      List<StorePart> parts = new ArrayList<>(planned);
      parts.set(1, new StorePart(second.from(), second.to(), second.start(), second.end() + more));
      for (int part = 0; part < 3; part++) {
        write(preparation(), parts, part);
      }

      merge(preparation(), parts);

      assertThat(merged).hasSameBinaryContentAs(whole);
      assertThat(records).exists();
    }
  }

  @Test
  void damagedValuesLeaveTheOtherSegmentsInTheStore() throws IOException {
    CsdFolder damaged =
        SyntheticMosei.builder()
            .videos(12)
            .width(Modality.VISUAL, 20)
            .width(Modality.TEXT, 10)
            .width(Modality.AUDIO, 12)
            .seed(3)
            .layout(CsdLayout.GZIP)
            .build()
            .write(folder.resolve("damaged"));
    Path visual = damaged.features().get(Modality.VISUAL);
    try (RandomAccessFile file = new RandomAccessFile(visual.toFile(), "rw")) {
      file.seek(file.length() * 3 / 5);
      file.write(new byte[8]);
    }
    Preparation preparation = preparation(damaged, PrepareOptions.DEFAULT);
    StoreInfo expected = preparation.run(whole);
    List<StorePart> parts = preparation.sharded().plan(4, true);
    for (int part = 0; part < parts.size(); part++) {
      write(preparation, parts, part);
    }

    StoreInfo info = merge(preparation, parts);

    assertThat(expected.faults()).hasSize(1);
    assertThat(records).exists();
    assertThat(parts).allMatch(StorePart::isPlaced);
    assertThat(merged).hasSameBinaryContentAs(whole);
    assertThat(info).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void filesWithoutVideosHaveOnePart() {
    Path labels = folder.resolve("labels.csd");
    CsdWriter.write(labels, "All Labels", Map.of(), writer -> {});
    Preparation empty =
        Preparation.builder(new CsdFolder(labels, files.features())).strict(true).build();
    List<StorePart> parts = empty.sharded().plan(4, true);
    write(empty, parts, 0);

    assertThat(parts).containsExactly(new StorePart(0, 0));
    assertThatThrownBy(() -> merge(empty, parts)).hasMessageContaining("no segments");
  }

  @Test
  void shardsOfPlacedPartsHaveNoRecords() throws IOException {
    List<StorePart> parts = preparation().sharded().plan(2, true);
    write(preparation(), parts, 1);

    assertThat(Files.size(shard(1))).isLessThan(parts.get(1).end() - parts.get(1).start());
    assertThat(Files.size(records)).isEqualTo(parts.get(1).end());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(records, shard(1));
    }
  }
}
