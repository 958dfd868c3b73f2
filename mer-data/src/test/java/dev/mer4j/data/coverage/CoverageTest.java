package dev.mer4j.data.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.MerException;
import dev.mer4j.data.csd.CsdEntry;
import dev.mer4j.data.csd.CsdFolder;
import dev.mer4j.data.csd.CsdWriter;
import dev.mer4j.data.csd.Rows;
import dev.mer4j.data.fold.Folds;
import dev.mer4j.data.inspect.Inspection;
import dev.mer4j.data.store.Preparation;
import dev.mer4j.data.store.SegmentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a preparation and an inspection report the same coverage. */
final class CoverageTest {
  @TempDir Path folder;
  private final List<CsdEntry> labels = new ArrayList<>();
  private final List<CsdEntry> audio = new ArrayList<>();

  @BeforeEach
  void writeFolds() throws IOException {
    folds("a b", "c", "d");
    for (String video : List.of("a", "b", "c", "d")) {
      labels.add(label(video, 0, 0, 1));
      audio.add(audio(video, 2, 0, 1));
    }
  }

  @Test
  void completeDataHaveNoOmissions() {
    assertThat(coverage().omissions())
        .extracting(Omission::text)
        .containsExactly("No file of text features exists.", "No file of visual features exists.");
  }

  @Test
  void allOmissionsAreCountedAndNamed() throws IOException {
    labels.set(0, label("a", Double.NaN, 0, 1, 1, 2, 3, 3, 5, 4));
    audio.set(0, audio("a", 2, 0, 2));
    labels.add(label("b2", 0, 0, 1));
    labels.add(label("b3", 0, 0, 1));
    audio.add(audio("b3", 3, 0, 1));
    audio.add(audio("b2", 2, 7, 8));
    audio.add(audio("z", 2, 0, 1));
    folds("a b x", "c", "d.mp4 y");
    assertThat(coverage().omissions())
        .extracting(Omission::text)
        .contains(
            "labels: segments with NaN or infinite labels: 1 (a[0])",
            "labels: rows shorter than 1e-5 s: 1 (a[2])",
            "entries that cannot be used: 1 (a[3]), the first in labels.csd: label row 'a[3]' ends"
                + " at 4.0 s, before its start at 5.0 s",
            "entries that cannot be used: 1 (b3), the first in COVAREP.csd: entry 'b3' has width"
                + " 3, most other entries have width 2",
            "audio: videos whose rows are in no segment: 1 (b2), the first: the rows of 'b2' span"
                + " 7.0 to 8.0 s, its segments span 0.0 to 1.0 s",
            "audio: videos without labels: 1 (z)",
            "folds: ids without labels: 2 (x, y)",
            "folds: labeled videos in no fold: 2 (b2, b3), with 2 segments");
  }

  @Test
  void aModalityInNoSegmentIsAnError() {
    audio.replaceAll(entry -> audio(entry.video(), 2, 1000, 2000));
    assertProblem(
        "no segment has audio, from COVAREP.csd: the rows of 'a' span 1000.0 to 2000.0 s, its"
            + " segments span 0.0 to 1.0 s; both must be in seconds from the start of the"
            + " video");
    audio.replaceAll(entry -> audio("x" + entry.video(), 2, 0, 1));
    assertProblem(
        "no segment has audio, from COVAREP.csd: no labeled video has an entry in it: it has 4"
            + " (xa, xb, xc, xd), the labels have 4 (a, b, c, d)");
  }

  @Test
  void aSplitWithoutKnownIdsIsAnError() throws IOException {
    folds("a b", "x y", "d");
    assertProblem(
        "the valid split has no segments: none of its ids is a video in labels.csd: 2 (x, y); the"
            + " labeled videos are 4 (a, b, c, d)");
  }

  @Test
  void aSplitWithoutLabelsIsAnError() {
    labels.set(3, label("d", Double.NaN, 0, 1));
    assertProblem(
        "the test split has no segments: no label row of its videos can be used, the first:"
            + " label row 'd[0]' contains NaN or an infinite value");
  }

  @Test
  void dataWithoutFoldsHaveNoEmptySplit() {
    write();
    Preparation.builder(CsdFolder.find(folder)).build().run(folder.resolve("x.store"));
    assertThat(folder.resolve("x.store")).exists();
  }

  private void assertProblem(String problem) {
    write();
    CsdFolder data = CsdFolder.find(folder);
    Path store = folder.resolve("x.store");
    assertThat(inspect(data).problems()).containsExactly(problem);
    assertThatThrownBy(() -> Preparation.builder(data).folds(Folds.read(folder)).build().run(store))
        .isInstanceOf(MerException.class)
        .hasMessage(problem);
    assertThat(store).doesNotExist();
  }

  private Coverage coverage() {
    write();
    CsdFolder data = CsdFolder.find(folder);
    Path file = folder.resolve("x.store");
    Preparation.builder(data).folds(Folds.read(folder)).build().run(file);
    Coverage inspected = inspect(data);
    try (SegmentStore store = SegmentStore.open(file)) {
      assertThat(store.info().coverage()).isEqualTo(inspected);
    }
    return inspected;
  }

  private Coverage inspect(CsdFolder data) {
    Inspection inspection = Inspection.of(data, Folds.read(folder), 300, (done, total) -> {});
    assertThat(inspection.findings())
        .containsAll(inspection.coverage().omissions().stream().map(Omission::text).toList());
    return inspection.coverage();
  }

  private void write() {
    write("labels.csd", "All Labels", labels);
    write("COVAREP.csd", "COVAREP", audio);
  }

  private void write(String name, String root, List<CsdEntry> entries) {
    CsdWriter.write(folder.resolve(name), root, Map.of(), writer -> entries.forEach(writer::put));
  }

  private void folds(String train, String valid, String test) throws IOException {
    Files.writeString(folder.resolve("train.txt"), train.replace(' ', '\n'));
    Files.writeString(folder.resolve("valid.txt"), valid.replace(' ', '\n'));
    Files.writeString(folder.resolve("test.txt"), test.replace(' ', '\n'));
  }

  /** Returns rows of zeros, except for the first score. */
  private static CsdEntry label(String video, double firstScore, double... times) {
    double[] values = new double[7 * times.length / 2];
    values[1] = firstScore;
    return new CsdEntry(video, times, new Rows.Doubles(7, values));
  }

  private static CsdEntry audio(String video, int width, double... times) {
    return new CsdEntry(video, times, new Rows.Floats(width, new float[width * times.length / 2]));
  }
}
