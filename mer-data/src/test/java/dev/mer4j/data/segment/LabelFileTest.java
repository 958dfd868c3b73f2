package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.Emotion;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelFileTest {
  @TempDir Path folder;

  @Test
  void sixColumnsHaveNoSentiment() {
    try (SegmentReader reader = reader(labels(0, 1, 1, 2, 3, 4, 0, -1))) {
      RawSegment segment = reader.read("a").get(0);
      assertThat(segment.scores().sentiment()).isNaN();
      assertThat(segment.scores().of(Emotion.HAPPY)).isEqualTo(1);
      assertThat(segment.scores().of(Emotion.ANGER)).isEqualTo(3);
      assertThat(segment.scores().of(Emotion.SURPRISE)).isEqualTo(3);
      assertThat(segment.scores().of(Emotion.FEAR)).isZero();
      assertThat(segment.sanitizedScores()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNonFiniteRowIsNoSegmentRatherThanNoEmotion(double value) {
    FaultLog log = new FaultLog(true);
    Path text = write("text.csd", List.of(features("a", 4)));
    double[] scores = {1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, value, value, 0, 3, 0, 0, 0, 0};
    CsdEntry labels =
        new CsdEntry("a", new double[] {0, 1, 1, 2, 0, 1}, new Rows.Doubles(7, scores));
    CsdFolder files =
        new CsdFolder(write("labels.csd", List.of(labels)), PerModality.of(Modality.TEXT, text));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT, log)) {
      List<RawSegment> read = reader.read("a");
      assertThat(read).extracting(s -> s.id().index()).containsExactly(0, 2);
      assertThat(read.get(1).scores().sentiment()).isNaN();
      assertThat(log.skipped())
          .containsExactly(
              new SkippedItem(
                  SkippedItem.Kind.NO_LABEL,
                  null,
                  "a[1]",
                  "label row 'a[1]' contains NaN or an infinite value"));
    }
  }

  @Test
  void rejectsOtherWidths() {
    try (SegmentReader reader = reader(labels(0, 1, 1, 2, 3, 4, 0))) {
      assertThatThrownBy(() -> reader.read("a"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("labels.csd: entry 'a' has 5 columns; labels must have 7");
    }
  }

  @Test
  void rejectsNonFiniteIntervals() {
    try (SegmentReader reader = reader(labels(0, Double.NaN, 1, 2, 3, 4, 0, 0))) {
      assertThatThrownBy(() -> reader.read("a"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("entry 'a' has an interval at NaN");
    }
  }

  @Test
  void rejectsAVideoWithoutLabelRows() {
    CsdEntry none = new CsdEntry("a", new double[0], new Rows.Doubles(7, new double[0]));
    try (SegmentReader reader = reader(none)) {
      assertThatThrownBy(() -> reader.read("a"))
          .isInstanceOf(FileException.class)
          .hasMessageEndingWith("labels.csd: entry 'a' has no rows");
    }
  }

  @Test
  void rejectsFeaturesOfVaryingWidth() {
    Path text = write("text.csd", List.of(features("a", 4), features("b", 5)));
    Path labels = write("labels.csd", List.of(labelsOf("a"), labelsOf("b")));
    CsdFolder files = new CsdFolder(labels, PerModality.of(Modality.TEXT, text));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT)) {
      assertThat(reader.widths()).isEqualTo(PerModality.of(Modality.TEXT, 4));
      assertThat(reader.read("a")).hasSize(1);
      assertThatThrownBy(() -> reader.read("b"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("text.csd: entry 'b' has width 5, most other entries have width 4");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"5444", "4445", "5544444", "4455544"})
  void theWidthIsThatOfMostEntries(String widths) {
    List<CsdEntry> entries = new ArrayList<>();
    for (int i = 0; i < widths.length(); i++) {
      entries.add(features("v" + i, widths.charAt(i) - '0'));
    }
    Path text = write("text.csd", entries);
    CsdFolder files =
        new CsdFolder(
            write("labels.csd", List.of(labelsOf("v0"))), PerModality.of(Modality.TEXT, text));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT)) {
      assertThat(reader.widths()).isEqualTo(PerModality.of(Modality.TEXT, 4));
    }
  }

  @Test
  void ofTwoEquallyFrequentWidthsTheOneWithMoreRowsWins() {
    CsdEntry longer =
        new CsdEntry("b", new double[] {0, 1, 1, 2}, new Rows.Floats(5, new float[10]));
    Path text = write("text.csd", List.of(features("a", 4), longer));
    CsdFolder files =
        new CsdFolder(
            write("labels.csd", List.of(labelsOf("a"))), PerModality.of(Modality.TEXT, text));
    try (SegmentReader reader = SegmentReader.open(files, SampleUnit.SEGMENT)) {
      assertThat(reader.widths()).isEqualTo(PerModality.of(Modality.TEXT, 5));
    }
  }

  private SegmentReader reader(CsdEntry labels) {
    Path text = write("text.csd", List.of(features("a", 4)));
    Path file = write("labels.csd", List.of(labels));
    return SegmentReader.open(
        new CsdFolder(file, PerModality.of(Modality.TEXT, text)), SampleUnit.SEGMENT);
  }

  private Path write(String name, List<CsdEntry> entries) {
    Path file = folder.resolve(name);
    CsdWriter.write(file, "root", Map.of(), writer -> entries.forEach(writer::put));
    return file;
  }

  private static CsdEntry labels(double start, double end, double... scores) {
    return new CsdEntry("a", new double[] {start, end}, new Rows.Doubles(scores.length, scores));
  }

  private static CsdEntry labelsOf(String video) {
    return new CsdEntry(video, new double[] {0, 1}, new Rows.Doubles(7, new double[7]));
  }

  private static CsdEntry features(String video, int width) {
    return new CsdEntry(video, new double[] {0, 1}, new Rows.Floats(width, new float[width]));
  }
}
