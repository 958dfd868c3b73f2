package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.Split;
import dev.mer4j.data.TestSegments;
import dev.mer4j.data.batch.Standardization;
import dev.mer4j.data.segment.EntryFault;
import dev.mer4j.file.OutputFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SegmentStoreTest {
  private static final SegmentList SEGMENTS = TestSegments.random(60, 2);

  private static final ModalitySet ALL = ModalitySet.of(SEGMENTS.widths().modalities());

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeStore() {
    file = folder.resolve("x.store");
    OutputFile.of(file, SegmentStore.MARK)
        .write(
            channel -> {
              StoreWriter writer = new StoreWriter(channel, Precision.FLOAT32, ALL);
              for (int s = 0; s < SEGMENTS.size(); s++) {
                writer.add(SEGMENTS.segment(s), Split.values()[s % 4]);
              }
              writer.finish(info());
            });
  }

  @Test
  void readsWhatWasWritten() {
    try (SegmentStore store = SegmentStore.open(file)) {
      SegmentSet all = store.allSegments();
      assertThat(all.size()).isEqualTo(SEGMENTS.size());
      assertThat(all.widths()).isEqualTo(SEGMENTS.widths());
      for (int s = 0; s < all.size(); s++) {
        assertThat(all.info(s)).isEqualTo(SEGMENTS.info(s));
        for (Modality modality : all.info(s).modalities().toList()) {
          assertThat(values(all, s, modality)).isEqualTo(values(SEGMENTS, s, modality));
        }
      }
      store.verify();
    }
  }

  @Test
  void splitsAndFindsSegments() {
    try (SegmentStore store = SegmentStore.open(file)) {
      assertThat(store.split(Split.VALID).size()).isEqualTo(15);
      assertThat(store.split(Split.VALID).info(2)).isEqualTo(SEGMENTS.info(9));
      int found = store.find(SEGMENTS.info(9).id()).orElseThrow();
      assertThat(store.allSegments().info(found)).isEqualTo(SEGMENTS.info(9));
      assertThat(store.splitOf(found)).isEqualTo(Split.VALID);
      assertThat(store.find(new SegmentId("v", 99))).isEmpty();
    }
  }

  @Test
  void returnsItsInfo() {
    try (SegmentStore store = SegmentStore.open(file)) {
      StoreInfo info = store.info();
      assertThat(info.options()).isEqualTo(PrepareOptions.DEFAULT);
      assertThat(info.faults())
          .containsExactly(new EntryFault("a.csd", "v", "entry 'v' is damaged"));
      assertThat(info.sources()).containsExactly(new StoreInfo.Source("a.csd", 7, "now", null));
      assertThat(store.standardization().of(Modality.TEXT).mean())
          .isEqualTo(info().standardization().of(Modality.TEXT).mean());
    }
  }

  @Test
  void rejectsReadingAnAbsentModality() {
    int without =
        IntStream.range(0, SEGMENTS.size())
            .filter(s -> !SEGMENTS.info(s).modalities().contains(Modality.AUDIO))
            .findFirst()
            .orElseThrow();
    try (SegmentStore store = SegmentStore.open(file)) {
      assertThatThrownBy(() -> store.allSegments().read(without, Modality.AUDIO, new float[999], 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has no audio features");
    }
  }

  @Test
  void supportsConcurrentReads() {
    try (SegmentStore store = SegmentStore.open(file)) {
      SegmentSet all = store.allSegments();
      IntStream.range(0, 6000)
          .parallel()
          .forEach(
              i -> {
                int s = i % all.size();
                for (Modality modality : all.info(s).modalities().toList()) {
                  assertThat(values(all, s, modality)).isEqualTo(values(SEGMENTS, s, modality));
                }
              });
    }
  }

  @Test
  void everyFlippedBitIsDetectedOnOpeningOrVerifying() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int trial = 0; trial < 400; trial++) {
      byte[] damaged = whole.clone();
      int at = trial < 16 ? trial : random.nextInt(whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Path other = folder.resolve("damaged" + trial);
      Files.write(other, damaged);
      if (at < 12 || at >= StoreFormat.HEADER_BYTES) {
        assertThatThrownBy(
                () -> {
                  try (SegmentStore store = SegmentStore.open(other)) {
                    store.verify();
                  }
                })
            .as("byte %d", at)
            .isInstanceOf(FileException.class)
            .hasMessageContaining(other.toString());
      }
    }
  }

  @Test
  void rejectsAStoreTruncatedAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += length < 100 ? 1 : 61) {
      Path other = folder.resolve("cut" + length);
      Files.write(other, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> SegmentStore.open(other))
          .as("%d bytes", length)
          .isInstanceOf(FileException.class)
          .hasMessageContaining(other.toString());
    }
  }

  @Test
  void rejectsOtherFilesAndOtherVersions() throws IOException {
    Path other = folder.resolve("other");
    Files.writeString(other, "something quite different, and long enough to have a trailer in it");
    assertThatThrownBy(() -> SegmentStore.open(other))
        .hasMessageEndingWith("is not a store of segments");
    byte[] newer = Files.readAllBytes(file);
    ByteBuffer.wrap(newer).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 9);
    Files.write(other, newer);
    assertThatThrownBy(() -> SegmentStore.open(other))
        .hasMessageContaining("unsupported store version 9, expected version 2 or 3");
    assertThatThrownBy(() -> SegmentStore.open(folder.resolve("none")))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is not a file");
  }

  @Test
  void aStoreWithoutSegmentsIsAStore() {
    OutputFile.of(file, SegmentStore.MARK)
        .write(channel -> new StoreWriter(channel, Precision.FLOAT32, ALL).finish(info()));
    assertThatCode(
            () -> {
              try (SegmentStore store = SegmentStore.open(file)) {
                store.verify();
                assertThat(store.allSegments().size()).isZero();
              }
            })
        .doesNotThrowAnyException();
  }

  private static float[] values(SegmentSet segments, int s, Modality modality) {
    return segments.features(s, modality).values();
  }

  private static StoreInfo info() {
    return StoreInfo.builder()
        .widths(SEGMENTS.widths())
        .segments(Map.of(Split.TRAIN, 15))
        .dropped(1)
        .faults(List.of(new EntryFault("a.csd", "v", "entry 'v' is damaged")))
        .sources(List.of(new StoreInfo.Source("a.csd", 7, "now", null)))
        .standardization(Standardization.fit(SEGMENTS))
        .build();
  }
}
