package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.FileException;
import dev.mer4j.MerException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.csd.CsdFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SegmentReaderTest {
  private static final Path FILES = Path.of("src/test/resources/h5py");

  @Test
  void keepsTheRowsThatTheSdkKeeps() throws IOException {
    JsonNode expected = new JsonMapper().readTree(FILES.resolve("release-expected.json").toFile());
    int compared = 0;
    FaultLog log = new FaultLog(false);
    try (SegmentReader reader = open(SampleUnit.SEGMENT, log)) {
      for (String video : reader.videos()) {
        for (RawSegment segment : reader.read(video)) {
          JsonNode modalities = expected.required(segment.id().toString());
          assertThat(segment.rows().modalities().stream().map(Modality::key))
              .as(segment.id().toString())
              .containsExactlyInAnyOrderElementsOf(
                  modalities.properties().stream().map(Map.Entry::getKey).toList());
          segment
              .rows()
              .forEach((modality, rows) -> compare(modalities.required(modality.key()), rows));
          compared++;
        }
      }
    }
    assertThat(log.faults())
        .isNotEmpty()
        .allSatisfy(fault -> assertThat(expected.required(fault.video())).isEmpty());
    assertThat(compared + log.faults().size()).isEqualTo(expected.size());
  }

  private static void compare(JsonNode expected, SegmentRows rows) {
    assertThat(rows.count()).isEqualTo(expected.required("rows").asInt());
    assertThat(rows.first()).isEqualTo(expected.required("first").asDouble());
    assertThat(rows.last()).isEqualTo(expected.required("last").asDouble());
    assertThat(rows.stats().nan()).isEqualTo(expected.required("nan").asInt());
    assertThat(rows.stats().infinite()).isEqualTo(expected.required("inf").asInt());
    assertThat(rows.stats().finiteSum())
        .isCloseTo(expected.required("sum").asDouble(), within(1e-9));
    assertThat(rows.at(rows.count() - 1, rows.width() - 1))
        .isEqualTo(Double.valueOf(number(expected.required("corner").asText())));
  }

  private static double number(String python) {
    return switch (python) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(python);
    };
  }

  @Test
  void aVideoWithoutAModalityKeepsItsSegments() {
    try (SegmentReader reader = open(SampleUnit.SEGMENT)) {
      assertThat(reader.read("no-audio"))
          .hasSize(5)
          .allSatisfy(
              segment -> assertThat(segment.rows().toMap()).doesNotContainKey(Modality.AUDIO));
    }
  }

  @Test
  void countsSegmentsByRowOfTheLabelFileAndSkipsEmptyIntervals() {
    try (SegmentReader reader = open(SampleUnit.SEGMENT)) {
      assertThat(reader.read("25522"))
          .extracting(s -> s.id().index())
          .containsExactly(0, 1, 2, 4, 6);
      assertThat(reader.read("unsorted"))
          .extracting(s -> s.id().index())
          .containsExactly(0, 2, 4, 5, 6);
    }
  }

  @Test
  void clampsScoresAndCountsThem() {
    try (SegmentReader reader = open(SampleUnit.SEGMENT)) {
      RawSegment segment = reader.read(new SegmentId("25522", 0));
      assertThat(segment.scores()).isEqualTo(EmotionScores.mosei(-3, 3, 0, 0, 0, 0, 3));
      assertThat(segment.sanitizedScores()).isEqualTo(3);
    }
  }

  @Test
  void aWholeVideoIsOneSegmentWithTheMeanOfItsLabels() {
    try (SegmentReader reader = open(SampleUnit.VIDEO);
        SegmentReader single = open(SampleUnit.SEGMENT)) {
      List<RawSegment> segments = reader.read("unsorted");
      assertThat(segments).hasSize(1);
      RawSegment whole = segments.get(0);
      List<RawSegment> labeled = single.read("unsorted");
      for (int c = 0; c < 6; c++) {
        int label = c;
        double mean =
            labeled.stream().mapToDouble(each -> each.scores().of(label)).average().orElseThrow();
        assertThat(whole.scores().of(label)).isEqualTo((float) mean);
      }
      assertThat(labeled.stream().map(each -> each.scores().of(0)).distinct()).hasSize(4);
      assertThat(whole.sanitizedScores())
          .isEqualTo(labeled.stream().mapToInt(RawSegment::sanitizedScores).sum());
      assertThat(whole.id()).isEqualTo(new SegmentId("unsorted", 0));
      assertThat(whole.end()).isEqualTo(300);
      SegmentRows text = whole.rows().get(Modality.TEXT);
      assertThat(text.count()).isEqualTo(30);
      assertThat(whole.start()).isLessThanOrEqualTo(-0.2).isLessThanOrEqualTo(text.first());
    }
  }

  @Test
  void reportsTheExistingSegmentsAndVideos() {
    try (SegmentReader reader = open(SampleUnit.SEGMENT)) {
      assertThatThrownBy(() -> reader.read(new SegmentId("25522", 7)))
          .isInstanceOf(MerException.class)
          .hasMessageContaining("no segment 25522[7]")
          .hasMessageContaining("7 label rows");
      assertThatThrownBy(() -> reader.read(new SegmentId("25523", 0)))
          .hasMessageContaining("no video '25523'")
          .hasMessageContaining("closest ids are [25522, 255224");
    }
  }

  @Test
  void reportsReversedAndEmptyRows() {
    FaultLog log = new FaultLog(false);
    try (SegmentReader reader = open(SampleUnit.SEGMENT, log)) {
      assertThat(reader.read("25522")).hasSize(5);
      assertThat(log.faults())
          .containsExactly(
              new EntryFault(
                  "CMU_MOSEI_Labels.csd",
                  "25522[5]",
                  "label row '25522[5]' ends at 8.0 s, before its start at 9.0 s"));
      assertThat(log.skipped()).hasSize(1);
      assertThat(log.skipped().get(0).kind()).isEqualTo(SkippedItem.Kind.EMPTY_INTERVAL);
      assertThat(log.skipped().get(0).name()).isEqualTo("25522[3]");
      assertThatThrownBy(() -> reader.read(new SegmentId("25522", 5)))
          .hasMessageContaining("no segment 25522[5]: label row '25522[5]' ends at 8.0 s");
    }
    try (SegmentReader strict = open(SampleUnit.SEGMENT, FaultPolicy.STRICT)) {
      assertThatThrownBy(() -> strict.read("25522")).isInstanceOf(FileException.class);
    }
  }

  private static SegmentReader open(SampleUnit unit) {
    return open(unit, new FaultLog(false));
  }

  private static SegmentReader open(SampleUnit unit, FaultPolicy faults) {
    return SegmentReader.open(CsdFolder.find(FILES.resolve("release")), unit, faults);
  }
}
