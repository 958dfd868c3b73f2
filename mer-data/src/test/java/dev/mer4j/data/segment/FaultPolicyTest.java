package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
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

/** Tests with labels of one entry per kind of fault in {@code faults.csd}. */
final class FaultPolicyTest {
  private static final Path FEATURES = Path.of("src/test/resources/h5py/faults.csd");
  private static final List<String> BAD =
      List.of(
          "empty",
          "empty-rank-1",
          "endless",
          "more-rows",
          "no-features",
          "not-a-group",
          "rank-1",
          "rank-3",
          "scalar",
          "wide-intervals",
          "words");

  @TempDir Path folder;

  @Test
  void anUnusableEntryIsAbsentAndRecorded() {
    FaultLog log = new FaultLog(false);
    try (SegmentReader reader = SegmentReader.open(data(), SampleUnit.SEGMENT, log)) {
      assertThat(reader.read("good").get(0).rows().toMap()).containsKey(Modality.AUDIO);
      for (String video : BAD) {
        assertThat(reader.read(video)).as(video).hasSize(1);
        assertThat(reader.read(video).get(0).rows().toMap()).as(video).isEmpty();
      }
      assertThat(reader.read("no-labels")).isEmpty();
    }
    List<EntryFault> faults = log.faults();
    assertThat(faults.stream().map(EntryFault::video).distinct())
        .containsAll(BAD)
        .contains("no-labels");
    assertThat(faults)
        .contains(
            new EntryFault(
                "faults.csd",
                "more-rows",
                "entry 'more-rows' has 3 rows of features but 2 intervals"),
            new EntryFault("faults.csd", "endless", "entry 'endless' has an interval at NaN"),
            new EntryFault("labels.csd", "no-labels", "entry 'no-labels' has no rows"));
  }

  @Test
  void aStrictReaderThrowsTheFault() {
    try (SegmentReader reader = SegmentReader.open(data(), SampleUnit.SEGMENT)) {
      assertThat(reader.read("good")).hasSize(1);
      for (String video : BAD) {
        assertThatThrownBy(() -> reader.read(video))
            .isInstanceOf(FileException.class)
            .hasMessageContaining("faults.csd: entry '" + video + "'");
      }
    }
  }

  @Test
  void incompleteSegmentsAreKeptOrDroppedByPolicy() {
    List<RawSegment> video;
    try (SegmentReader reader =
        SegmentReader.open(
            CsdFolder.find(Path.of("src/test/resources/h5py/release")),
            SampleUnit.SEGMENT,
            new FaultLog(false))) {
      video = reader.read("25522");
      List<RawSegment> noAudio = reader.read("no-audio");
      assertThat(IncompletePolicy.KEEP.apply(noAudio, reader.widths().modalities())).hasSize(5);
      assertThat(IncompletePolicy.DROP_SEGMENT.apply(noAudio, reader.widths().modalities()))
          .isEmpty();
      assertThat(IncompletePolicy.DROP_VIDEO.apply(noAudio, reader.widths().modalities()))
          .isEmpty();
    }
    List<RawSegment> complete = IncompletePolicy.DROP_SEGMENT.apply(video, Modality.MOSEI);
    assertThat(complete).hasSizeLessThan(video.size()).isNotEmpty();
    assertThat(complete).allMatch(segment -> segment.rows().size() == 3);
    assertThat(IncompletePolicy.DROP_VIDEO.apply(video, Modality.MOSEI)).isEqualTo(video);
    assertThat(IncompletePolicy.of("drop-segment")).isEqualTo(IncompletePolicy.DROP_SEGMENT);
    assertThatThrownBy(() -> IncompletePolicy.of("x"))
        .hasMessageContaining("use keep, drop-segment");
  }

  private CsdFolder data() {
    Path labels = folder.resolve("labels.csd");
    CsdWriter.write(
        labels,
        "All Labels",
        Map.of(),
        writer -> {
          for (String video : BAD) {
            writer.put(label(video));
          }
          writer.put(label("good"));
          writer.put(new CsdEntry("no-labels", new double[0], new Rows.Doubles(7, new double[0])));
        });
    return new CsdFolder(labels, PerModality.of(Modality.AUDIO, FEATURES));
  }

  private static CsdEntry label(String video) {
    return new CsdEntry(video, new double[] {0, 2}, new Rows.Doubles(7, new double[7]));
  }
}
