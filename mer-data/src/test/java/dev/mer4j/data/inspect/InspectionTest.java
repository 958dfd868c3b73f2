package dev.mer4j.data.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.Split;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.segment.EntryFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectionTest {
  @TempDir Path folder;
  private Inspection inspection;

  @BeforeEach
  void inspect() throws IOException {
    double[] audio = {
      1,
      5,
      Double.NaN, //
      0,
      0,
      0, //
      2,
      5,
      Double.NEGATIVE_INFINITY, //
      3,
      5,
      33_000_000
    };
    double[] times = {0, 1, 1, 2, 2, 3, 9, 10};
    double[] labels = {
      0, 1, 0, 0, 0, 0, 0, //
      0, 0, 0, 0, 0, 0, 0, //
      -4, 2, 2, 0, 0, 0, 0
    };
    write(
        "All Labels",
        new CsdEntry("a", new double[] {2, 12, -1, 3, 20, 21}, new Rows.Doubles(7, labels)));
    write("COVAREP", new CsdEntry("a", times, new Rows.Doubles(3, audio)));
    Files.writeString(folder.resolve("train.txt"), "a");
    Files.writeString(folder.resolve("valid.txt"), "b");
    Files.writeString(folder.resolve("test.txt"), "c");
    inspection = Inspection.of(CsdFolder.find(folder), Folds.read(folder), 2, (done, total) -> {});
  }

  private void write(String root, CsdEntry entry) {
    CsdWriter.write(folder.resolve(root + ".csd"), root, Map.of(), writer -> writer.put(entry));
  }

  @Test
  void describesFiles() {
    assertThat(inspection.files()).hasSize(2);
    FileReport audio = inspection.files().get(1);
    assertThat(audio.role()).isEqualTo("audio");
    assertThat(audio.root()).isEqualTo("COVAREP");
    assertThat(audio.type()).isEqualTo("float64");
    assertThat(audio.layout()).isEqualTo("contiguous");
    assertThat(audio.rows()).isEqualTo(4);
    assertThat(audio.width()).isEqualTo(3);
  }

  /** Segment [0] has rows 2 and 3, [1] has rows 0, 1 and 2, [2] has none. */
  @Test
  void countsFeaturesInTheSegments() {
    FeatureReport audio = inspection.features().get(Modality.AUDIO);
    assertThat(audio.segmentsWithout()).isEqualTo(1);
    assertThat(audio.values()).isEqualTo(15);
    assertThat(audio.nan()).isEqualTo(1);
    assertThat(audio.negativeInfinite()).isEqualTo(2);
    assertThat(audio.positiveInfinite()).isZero();
    assertThat(audio.columnFaults()).containsExactly(new ColumnFaults(2, 1, 0, 2));
    assertThat(audio.zeroRows()).isEqualTo(1);
    assertThat(audio.zeroStretches()).isEqualTo(1);
    assertThat(audio.longestZeroStretch()).isEqualTo(1);
    assertThat(audio.extreme()).isEqualTo(1);
    assertThat(audio.emptyColumns()).isEmpty();
    assertThat(audio.constantColumns()).isEmpty();
    assertThat(audio.max()).isEqualTo(33_000_000);
    assertThat(audio.steps()).isEqualTo(new Percentiles(2, 3, 3, 3));
    assertThat(audio.segmentsCut()).isEqualTo(1);
    assertThat(audio.stepsLost()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void countsLabels() {
    LabelReport labels = inspection.labels();
    assertThat(labels.videos()).isEqualTo(1);
    assertThat(labels.segments()).isEqualTo(3);
    assertThat(labels.seconds()).isEqualTo(new Percentiles(4, 10, 10, 10));
    assertThat(labels.durations().counts().stream().mapToInt(i -> i).sum()).isEqualTo(3);
    assertThat(labels.negativeStarts()).isEqualTo(1);
    assertThat(labels.unsortedVideos()).isEqualTo(1);
    assertThat(labels.overlapping()).isEqualTo(1);
    assertThat(labels.withoutModality()).isEqualTo(1);
    assertThat(labels.scoresOutOfRange()).isEqualTo(1);
    assertThat(labels.none()).isEqualTo(1);
    assertThat(labels.tied()).isEqualTo(2);
    assertThat(labels.present()).containsEntry(Emotion.HAPPY, 2).containsEntry(Emotion.SAD, 1);
    assertThat(labels.highest()).containsEntry(Emotion.HAPPY, 1).containsEntry(Emotion.SAD, 0);
    assertThat(labels.firstHighest()).containsEntry(Emotion.HAPPY, 3);
  }

  @Test
  void countsFolds() {
    assertThat(inspection.folds().unlabelled()).containsExactly("b", "c");
    assertThat(inspection.folds().unassigned()).isEmpty();
    FoldReport.Counts train = inspection.folds().counts().get(Split.TRAIN);
    assertThat(train.segments()).isEqualTo(3);
    assertThat(train.positives()).containsEntry(Emotion.HAPPY, 2).containsEntry(Emotion.FEAR, 0);
  }

  @Test
  void reportsFindings() {
    assertThat(inspection.findings())
        .contains(
            "No file of text features exists.",
            "audio (COVAREP): 1 (6.67 %) of values are NaN, all in column 2; preparation replaces"
                + " them by 0.",
            "audio (COVAREP): 2 (13.33 %) of values are -Inf, all in column 2; preparation replaces"
                + " them by 0.",
            "audio (COVAREP): 1 values are beyond ±10,000, the most extreme is 33,000,000;"
                + " preparation clips them.",
            "audio (COVAREP): segments without it: 1.",
            "folds: ids without labels: 2 (b, c)")
        .anyMatch(line -> line.contains("loses 20.0 % of all steps"));
  }

  @Test
  void isSerializedAsJson() throws JsonProcessingException {
    JsonMapper mapper = new JsonMapper();
    JsonNode json = mapper.readTree(mapper.writeValueAsString(inspection));
    assertThat(json.at("/features/audio/segmentsWithout").asInt()).isEqualTo(1);
    assertThat(json.at("/folds/counts/train/positives/happy").asInt()).isEqualTo(2);
  }

  @Test
  void anUnusableEntryIsReported() {
    write("COVAREP", new CsdEntry("a", new double[0], new Rows.Doubles(3, new double[0])));
    write(
        "glove",
        new CsdEntry("a", new double[] {2, 3}, new Rows.Doubles(3, new double[] {1, 2, 3})));
    assertThatThrownBy(
            () -> Inspection.of(CsdFolder.find(folder), Folds.none(), 2, (done, total) -> {}))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("has no rows in any of its 1 entries");
    CsdWriter.write(
        folder.resolve("COVAREP.csd"),
        "COVAREP",
        Map.of(),
        writer -> {
          writer.put(new CsdEntry("a", new double[0], new Rows.Doubles(3, new double[0])));
          writer.put(new CsdEntry("b", new double[2], new Rows.Doubles(3, new double[3])));
        });
    Inspection damaged =
        Inspection.of(CsdFolder.find(folder), Folds.none(), 2, (done, total) -> {});
    assertThat(damaged.faults())
        .containsExactly(new EntryFault("COVAREP.csd", "a", "entry 'a' has no rows"));
    assertThat(damaged.findings())
        .anySatisfy(
            verdict ->
                assertThat(verdict)
                    .startsWith(
                        "entries that cannot be used: 1 (a), the first in COVAREP.csd: entry 'a'"));
  }

  @Test
  void formatsColumnsAsRanges() {
    assertThat(Findings.ranges(List.of(0, 2, 3, 4, 9))).isEqualTo("0, 2-4, 9");
    assertThat(Findings.ranges(List.of(1, 3, 5, 7, 9, 11, 13)))
        .isEqualTo("1, 3, 5, 7, 9 and 2 more");
  }

  @Test
  void percentilesWithoutValuesAreZero() {
    assertThat(Percentiles.of(new double[0])).isEqualTo(new Percentiles(0, 0, 0, 0));
  }
}
