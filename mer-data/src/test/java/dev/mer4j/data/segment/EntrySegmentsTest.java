package dev.mer4j.data.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.data.EmotionScores;
import dev.mer4j.data.Modality;
import dev.mer4j.data.ModalitySet;
import dev.mer4j.data.SegmentId;
import dev.mer4j.data.Split;
import dev.mer4j.data.coverage.Omission;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.source.FeatureSource;
import dev.mer4j.data.source.csd.CsdSource;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.StoreInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Computational sequences without a file of labels. */
final class EntrySegmentsTest {
  @TempDir private Path folder;

  /** Writes rows of one second each; the value of a row is its start. */
  private void write(String file, String root, int width, Entry... entries) {
    CsdWriter.write(
        folder.resolve(file),
        root,
        Map.of(),
        writer -> {
          for (Entry entry : entries) {
            double[] intervals = new double[2 * entry.count()];
            double[] values = new double[width * entry.count()];
            for (int i = 0; i < entry.count(); i++) {
              intervals[2 * i] = entry.start() + i;
              intervals[2 * i + 1] = entry.start() + i + 1;
              Arrays.fill(values, width * i, width * (i + 1), entry.start() + i);
            }
            writer.put(new CsdEntry(entry.name(), intervals, new Rows.Doubles(width, values)));
          }
        });
  }

  private record Entry(String name, int start, int count) {}

  private void writeAligned() {
    write("words.csd", "glove_vectors", 300, new Entry("a[0]", 0, 3), new Entry("a[1]", 5, 2));
    write("audio.csd", "COVAREP", 74, new Entry("a", 0, 9));
    write("visual.csd", "OpenFace_2", 713, new Entry("a[1]", 4, 3), new Entry("a[2]", 8, 1));
  }

  private static double[] column(SegmentRows rows) {
    double[] values = new double[rows.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.at(i, 0);
    }
    return values;
  }

  @Test
  void entriesOfTheFirstModalityAreTheSegments() {
    writeAligned();
    try (SegmentReader reader = SegmentReader.open(CsdFolder.find(folder), SampleUnit.SEGMENT);
        SegmentReader outline = reader.reopenWithoutValues(FaultPolicy.STRICT)) {
      List<RawSegment> segments = reader.read("a");

      OutlineAssert.assertSameRows(outline.read("a"), segments);
      assertThat(segments)
          .extracting(RawSegment::id)
          .containsExactly(new SegmentId("a", 0), new SegmentId("a", 1));
      assertThat(segments).extracting(RawSegment::scores).containsOnly(EmotionScores.UNLABELED);
      assertThat(column(segments.get(0).rows().get(Modality.TEXT))).containsExactly(0, 1, 2);
      assertThat(column(segments.get(0).rows().get(Modality.AUDIO))).containsExactly(0, 1, 2);
      assertThat(segments.get(0).rows().has(Modality.VISUAL)).isFalse();
      assertThat(column(segments.get(1).rows().get(Modality.AUDIO))).containsExactly(5, 6);
      assertThat(column(segments.get(1).rows().get(Modality.VISUAL))).containsExactly(4, 5, 6);
      assertThat(segments.get(1).start()).isEqualTo(4);
      assertThat(segments.get(1).end()).isEqualTo(7);
      assertThat(reader.read(new SegmentId("a", 1)).rows().modalities()).hasSize(3);
      assertThatThrownBy(() -> reader.read(new SegmentId("a", 2)))
          .isInstanceOf(MerException.class)
          .hasMessageContaining("no segment a[2]: video 'a' has 2 segments");
      assertThatThrownBy(() -> reader.read("b")).hasMessageContaining("no video 'b' in");
    }
  }

  @Test
  void aVideoWithOneEntryIsOneSegment() {
    write("words.csd", "glove_vectors", 300, new Entry("a", 2, 3), new Entry("b", 0, 1));
    write("audio.csd", "COVAREP", 74, new Entry("a", 0, 9));
    try (SegmentReader reader = SegmentReader.open(CsdFolder.find(folder), SampleUnit.SEGMENT)) {
      List<RawSegment> segments = reader.read("a");

      assertThat(segments).extracting(RawSegment::id).containsExactly(new SegmentId("a", 0));
      assertThat(column(segments.get(0).rows().get(Modality.TEXT))).containsExactly(2, 3, 4);
      assertThat(segments.get(0).rows().get(Modality.AUDIO).count()).isEqualTo(9);
      assertThat(reader.read("b").get(0).rows().modalities()).containsExactly(Modality.TEXT);
    }
  }

  @Test
  void aPreparationSaysThatThereAreNoLabels() {
    writeAligned();
    FeatureSource source = new CsdSource(CsdFolder.find(folder));
    StoreInfo info = Preparation.builder(source).build().run(folder.resolve("s.store"));

    assertThat(info.segments()).isEqualTo(Map.of(Split.NONE, 2));
    assertThat(info.coverage().omissions())
        .extracting(Omission::text)
        .contains(
            "labels: there is no file of labels; the entries of words.csd are the segments, without"
                + " labels (--labels FILE gives labels)");
    FeatureSource visual = source.only(ModalitySet.of(Modality.VISUAL));
    StoreInfo other = Preparation.builder(visual).build().run(folder.resolve("v.store"));
    assertThat(other.present().get(Modality.VISUAL)).isEqualTo(2);
  }
}
