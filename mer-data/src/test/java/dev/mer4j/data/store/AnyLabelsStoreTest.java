package dev.mer4j.data.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Features;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.Segment;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.SegmentList;
import dev.mer4j.data.SegmentSet;
import dev.mer4j.data.TestSegments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnyLabelsStoreTest {
  private static final int VERSION_BYTE = 8;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0} labels")
  @ValueSource(ints = {2, 7, 20})
  void readsTheLabelsAndGroupsThatWereWritten(int labels) throws IOException {
    SegmentSet written = segments(labels);
    Path file = folder.resolve("x.store");
    SmallStores.write(file, written);

    try (SegmentStore store = SegmentStore.open(file)) {
      SegmentSet all = store.allSegments();
      store.verify();
      assertThat(store.info().labels()).isEqualTo(written.labels());
      assertThat(all.labels()).isEqualTo(written.labels());
      for (int s = 0; s < written.size(); s++) {
        assertThat(all.info(s)).isEqualTo(written.info(s));
        assertThat(all.info(s).scores().isLabeled()).isEqualTo(s % 3 != 0);
      }
    }
    assertThat(Files.readAllBytes(file)[VERSION_BYTE]).isEqualTo((byte) StoreFormat.VERSION);
  }

  @Test
  void writesSegmentsOfMoseiAsOlderProgramsReadThem() throws IOException {
    Path file = folder.resolve("x.store");
    SmallStores.write(file, TestSegments.random(9, 2));

    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes[VERSION_BYTE]).isEqualTo((byte) StoreFormat.MOSEI_VERSION);
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("labels");
  }

  @Test
  void findsEveryFlippedBitOfTheIndex() throws IOException {
    Path file = folder.resolve("x.store");
    SmallStores.write(file, segments(7));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      if (at >= 12 && at < StoreFormat.HEADER_BYTES) {
        continue;
      }
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << at % 8);
      Files.write(file, damaged);
      assertThat(isWhole(file)).as("byte %d", at).isFalse();
    }
  }

  private static boolean isWhole(Path file) {
    try (SegmentStore store = SegmentStore.open(file)) {
      store.verify();
      return true;
    } catch (FileException e) {
      return false;
    }
  }

  private static SegmentSet segments(int count) {
    List<Emotion> labels =
        IntStream.range(0, count).mapToObj(c -> Emotion.of("label " + c)).toList();
    List<Segment> segments = new ArrayList<>();
    for (int s = 0; s < 12; s++) {
      float[] scores = new float[count];
      scores[s % count] = s;
      EmotionScores own = s % 3 == 0 ? EmotionScores.UNLABELED : EmotionScores.of(labels, scores);
      Features text = new Features(2, 3, new float[] {s, 1, 2, 3, 4, 5});
      segments.add(
          new Segment(
              new SegmentId("video" + s, 0),
              s % 2 == 0 ? "dialogue " + s / 4 : "video" + s,
              0,
              1,
              own,
              PerModality.of(Modality.TEXT, text)));
    }
    return SegmentList.of(segments, labels);
  }
}
