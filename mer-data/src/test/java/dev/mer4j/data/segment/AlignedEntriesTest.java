package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests entries named {@code video[index]}, as by the SDK's {@code align}. */
final class AlignedEntriesTest {
  private static final CsdEntry WHOLE_LABELS = labels("v", 0, 1, 0.5, 1.5);

  @TempDir Path folder;
  private final FaultLog log = new FaultLog(false);

  @Test
  void aSeparatelyNamedEntryIsASegment() {
    CsdFolder files =
        files(
            List.of(labels("v[10]", 0.5, 1.5), labels("v[2]", 0, 1), labels("w[0]", 0, 1)),
            List.of(audio("v[10]", 0.5, 1, 1, 1.5), audio("v[2]", 0, 0.5, 0.5, 1)));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT, log)) {
      assertThat(reader.videos()).containsExactly("v", "w");
      List<RawSegment> video = reader.read("v");
      assertThat(video).extracting(s -> s.id().toString()).containsExactly("v[2]", "v[10]");
      assertThat(video).allSatisfy(s -> assertThat(audioRows(s)).isEqualTo(2));
      assertThat(reader.read("w").get(0).rows().toMap()).isEmpty();
      assertThat(log.faults()).isEmpty();
    }
  }

  @Test
  void alignedLabelsSplitFeaturesOfWholeVideos() {
    CsdFolder files =
        files(
            List.of(labels("v[0]", 0, 1), labels("v[1]", 1, 2)),
            List.of(audio("v", 0, 0.5, 0.5, 1, 1, 2)));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT, log)) {
      assertThat(reader.read("v")).extracting(AlignedEntriesTest::audioRows).containsExactly(2, 1);
    }
  }

  @Test
  void featuresAlignedToTheLabelsBelongToTheirSegment() {
    CsdFolder files =
        files(
            List.of(WHOLE_LABELS),
            List.of(audio("v[0]", 0, 0.5, 0.5, 1), audio("v[1]", 0.5, 1, 1, 1.5)));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT, log)) {
      assertThat(reader.read("v")).extracting(AlignedEntriesTest::audioRows).containsExactly(2, 2);
    }
  }

  @Test
  void featuresAlignedToWordsAreJoined() {
    CsdFolder files =
        files(
            List.of(WHOLE_LABELS),
            List.of(audio("v[0]", 0, 0.4), audio("v[1]", 0.4, 0.8), audio("v[2]", 0.8, 1.4)));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT, log);
        SegmentReader outline = reader.reopenWithoutValues(log)) {
      assertThat(reader.read("v")).extracting(AlignedEntriesTest::audioRows).containsExactly(3, 2);
      OutlineAssert.assertSameRows(outline.read("v"), reader.read("v"));
      assertThat(log.faults()).isEmpty();
    }
  }

  @Test
  void timesRelativeToEachSegmentAreAFault() {
    CsdFolder files =
        files(List.of(labels("v", 0, 1, 5, 6)), List.of(audio("v[0]", 0, 1), audio("v[1]", 0, 1)));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT, log)) {
      assertThat(reader.read("v")).allSatisfy(s -> assertThat(s.rows().toMap()).isEmpty());
      assertThat(log.faults()).hasSize(1);
      assertThat(log.faults().get(0).problem())
          .contains("entries 'v[0]' and 'v[1]' overlap in time");
    }
  }

  @Test
  void anyOtherNameMakesAllNamesLiteral() {
    CsdFolder files = files(List.of(labels("v[0]", 0, 1), labels("w", 0, 1)), List.of());
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT, log)) {
      assertThat(reader.videos()).containsExactlyInAnyOrder("v[0]", "w");
      assertThat(reader.read("v[0]").get(0).id()).hasToString("v[0][0]");
    }
  }

  @Test
  void anAlignedEntryOfSeveralRowsIsAFault() {
    CsdFolder files = files(List.of(labels("v[0]", 0, 1, 1, 2)), List.of());
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT, log)) {
      assertThat(reader.read("v")).isEmpty();
      assertThat(log.faults().get(0).problem())
          .isEqualTo("entry 'v[0]' has 2 rows; an entry named video[index] must have 1 row");
    }
  }

  private static int audioRows(RawSegment segment) {
    return segment.rows().find(Modality.AUDIO).map(SegmentRows::count).orElse(0);
  }

  private CsdFolder files(List<CsdEntry> labels, List<CsdEntry> audio) {
    List<CsdEntry> some = audio.isEmpty() ? List.of(audio("x", 0, 1)) : audio;
    return new CsdFolder(
        write("labels.csd", labels), PerModality.of(Modality.AUDIO, write("audio.csd", some)));
  }

  private Path write(String name, List<CsdEntry> entries) {
    Path file = folder.resolve(name);
    CsdWriter.write(file, "root", Map.of(), writer -> entries.forEach(writer::put));
    return file;
  }

  private static CsdEntry labels(String name, double... times) {
    return new CsdEntry(name, times, new Rows.Doubles(7, new double[7 * times.length / 2]));
  }

  private static CsdEntry audio(String name, double... times) {
    return new CsdEntry(name, times, new Rows.Floats(2, new float[times.length]));
  }
}
