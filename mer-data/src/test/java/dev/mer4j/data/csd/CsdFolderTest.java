package dev.mer4j.data.csd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.ConfigException;
import dev.mer4j.FileException;
import dev.mer4j.data.Modality;
import dev.mer4j.data.PerModality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CsdFolderTest {
  @TempDir Path folder;

  @Test
  void findsTheReleaseAndSkipsWords() {
    Path release = Path.of("src/test/resources/h5py/release");
    CsdFolder found = CsdFolder.find(release);
    assertThat(found.labels()).isEqualTo(release.resolve("CMU_MOSEI_Labels.csd"));
    assertThat(found.features())
        .isEqualTo(
            PerModality.of(
                Modality.TEXT, release.resolve("CMU_MOSEI_TimestampedWordVectors.csd"),
                Modality.AUDIO, release.resolve("CMU_MOSEI_COVAREP.csd"),
                Modality.VISUAL, release.resolve("CMU_MOSEI_VisualOpenFace2.csd")));
  }

  @Test
  void identifiesFilesByTheirRootName() throws IOException {
    put("labels/a.csd", "All Labels", 7);
    put("languages/b.csd", "Glove Vectors", 5);
    put("acoustics/c.csd", "COAVAREP", 5);
    put("visuals/visual-labels.csd", "FACET 4.2", 35);
    CsdFolder found = CsdFolder.find(folder);
    assertThat(found.labels()).isEqualTo(folder.resolve("labels/a.csd"));
    assertThat(found.features().toMap())
        .containsEntry(Modality.TEXT, folder.resolve("languages/b.csd"))
        .containsEntry(Modality.AUDIO, folder.resolve("acoustics/c.csd"))
        .containsEntry(Modality.VISUAL, folder.resolve("visuals/visual-labels.csd"));
  }

  @Test
  void rejectsTwoFilesForOneModality() throws IOException {
    put("labels.csd", "All Labels", 7);
    put("a.csd", "OpenFace_2", 713);
    put("b.csd", "FACET 4.2", 35);
    assertThatThrownBy(() -> CsdFolder.find(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("2 files that could be visual features")
        .hasMessageContaining("a.csd (root 'OpenFace_2', 713 columns)")
        .hasMessageContaining("b.csd (root 'FACET 4.2', 35 columns)");
  }

  @Test
  void usesTheGivenFile() throws IOException {
    put("labels.csd", "All Labels", 7);
    put("a.csd", "OpenFace_2", 713);
    put("b.csd", "FACET 4.2", 35);
    Path facet = folder.resolve("b.csd");
    CsdFolder found = CsdFolder.find(folder, null, PerModality.of(Modality.VISUAL, facet));
    assertThat(found.labels()).isEqualTo(folder.resolve("labels.csd"));
    assertThat(found.features()).isEqualTo(PerModality.of(Modality.VISUAL, facet));
    assertThat(found.skipped())
        .containsExactly(
            new SkippedFile(
                folder.resolve("a.csd"),
                "root 'OpenFace_2', 713 columns; it could be visual features, but another file was"
                    + " selected; select it with --visual FILE"));
  }

  @Test
  void identifiesFilesByTheirNumbersIfNoNameMatches() throws IOException {
    put("a.csd", "one", 7, 4.0);
    put("b.h5", "two", 7, 0.01);
    put("c.csd", "three", 35, 0.033);
    put("d.csd", "four", 768, 0.3);
    Files.writeString(folder.resolve("e.txt"), "something else");
    CsdFolder found = CsdFolder.find(folder);
    assertThat(found.labels()).isEqualTo(folder.resolve("a.csd"));
    assertThat(found.features())
        .isEqualTo(
            PerModality.of(
                Modality.TEXT, folder.resolve("d.csd"),
                Modality.AUDIO, folder.resolve("b.h5"),
                Modality.VISUAL, folder.resolve("c.csd")));
    put("f.csd", "COVAREP", 74);
    assertThat(CsdFolder.find(folder).features().toMap())
        .containsEntry(Modality.AUDIO, folder.resolve("f.csd"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "language acoustic visual labels",
        "languages acoustics visuals labels",
        "Language Acoustic Visual Labels"
      })
  void searchesTheFoldersOfTheSdkAndItsMirrors(String names) throws IOException {
    List<String> folders = List.of(names.split(" "));
    put(folders.get(0) + "/a.CSD", "one", 5);
    put(folders.get(1) + "/b.csd", "two", 5);
    put(folders.get(2) + "/c.csd", "three", 5);
    put(folders.get(3) + "/d.csd", "four", 7);
    CsdFolder found = CsdFolder.find(folder);
    assertThat(found.labels()).hasFileName("d.csd");
    assertThat(found.features().get(Modality.TEXT)).hasFileName("a.CSD");
    assertThat(found.features().get(Modality.AUDIO)).hasFileName("b.csd");
    assertThat(found.features().get(Modality.VISUAL)).hasFileName("c.csd");
    assertThat(found.skipped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "wav2vec2, 0.02, audio",
    "hubert, 0.02, audio",
    "something, 0.02, audio",
    "something, 0.033, visual",
    "something, 0.3, text",
    "roberta, 0.02, text"
  })
  void identifiesAFileByItsNameOrRowRate(String root, double seconds, Modality modality)
      throws IOException {
    put("labels.csd", "All Labels", 7);
    put("x.csd", root, 16, seconds);
    assertThat(CsdFolder.find(folder).features())
        .isEqualTo(PerModality.of(modality, folder.resolve("x.csd")));
  }

  @Test
  void usesTheOnlyRemainingFileForTheOnlyMissingModality() throws IOException {
    put("labels.csd", "All Labels", 7);
    put("glove.csd", "glove", 5);
    put("facet.csd", "facet", 5);
    put("x.csd", "something", 16, 30);
    assertThat(CsdFolder.find(folder).features().toMap())
        .containsEntry(Modality.AUDIO, folder.resolve("x.csd"));
    put("y.csd", "something else", 16, 30);
    CsdFolder two = CsdFolder.find(folder);
    assertThat(two.features().toMap()).doesNotContainKey(Modality.AUDIO);
    assertThat(two.skipped())
        .extracting(SkippedFile::reason)
        .containsExactly(
            "root 'something', 16 columns; its content is unknown: select it with --audio FILE",
            "root 'something else', 16 columns; its content is unknown: select it with --audio"
                + " FILE");
  }

  @Test
  void reportsTheSkippedFiles() {
    CsdFolder found = CsdFolder.find(Path.of("src/test/resources/h5py/release"));
    assertThat(found.skipped()).extracting(SkippedFile::reason).allMatch(r -> r.contains("words"));
  }

  @Test
  void theFirstEntryAloneDoesNotIdentifyLabels() {
    CsdWriter.write(
        folder.resolve("labels.csd"),
        "All Labels",
        Map.of(),
        writer -> {
          for (String video : List.of("a", "b", "c")) {
            int width = video.equals("a") ? 5 : 7;
            writer.put(
                new CsdEntry(video, new double[] {0, 1}, new Rows.Floats(width, new float[width])));
          }
        });
    assertThatThrownBy(() -> CsdFolder.find(folder)).hasMessageContaining("labels but no features");
  }

  @Test
  void aDamagedEntryDoesNotHideTheContentOfAnUnnamedFile() throws IOException {
    put("visual.csd", "OpenFace", 35, 0.033);
    CsdWriter.write(
        folder.resolve("a.csd"),
        "one",
        Map.of(),
        writer -> {
          for (String video : List.of("first", "second", "third")) {
            double time = video.equals("first") ? Double.NaN : 4;
            writer.put(
                new CsdEntry(video, new double[] {0, time}, new Rows.Floats(7, new float[7])));
          }
        });

    assertThat(CsdFolder.find(folder).labels()).isEqualTo(folder.resolve("a.csd"));
  }

  @Test
  void theFirstFeaturesDefineTheSegmentsIfLabelsAreMissing() throws IOException {
    put("a.csd", "COVAREP", 74);
    put("v.csd", "OpenFace_2", 713);
    CsdFolder found = CsdFolder.find(folder);

    assertThat(found.isLabeled()).isFalse();
    assertThat(found.labels().getFileName()).hasToString("a.csd");
  }

  @Test
  void reportsTheFilesIfLabelsAndFeaturesAreMissing() throws IOException {
    put("a.csd", "unknown", 40, 100);
    put("b.csd", "unknown", 40, 100);
    assertThatThrownBy(() -> CsdFolder.find(folder))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("no labels and no features")
        .hasMessageContaining("a.csd (root 'unknown', 40 columns)");
  }

  @Test
  void rejectsAFolderWithoutFilesOrFeatures() throws IOException {
    assertThatThrownBy(() -> CsdFolder.find(folder)).hasMessageContaining("has no .csd files");
    put("labels.csd", "All Labels", 7);
    assertThatThrownBy(() -> CsdFolder.find(folder)).hasMessageContaining("no features");
    assertThatThrownBy(() -> CsdFolder.find(folder.resolve("labels.csd")))
        .hasMessageContaining(
            "is a file, not a folder; specify the folder that contains the .csd files");
  }

  @Test
  void rejectsLabelsWithoutFeatures() {
    assertThatThrownBy(() -> new CsdFolder(folder.resolve("labels.csd"), PerModality.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("specify at least one modality");
  }

  private void put(String name, String root, int width) throws IOException {
    put(name, root, width, 1);
  }

  private void put(String name, String root, int width, double seconds) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Rows rows = new Rows.Floats(width, new float[width]);
    CsdWriter.write(
        file,
        root,
        Map.of(),
        writer -> writer.put(new CsdEntry("a", new double[] {0, seconds}, rows)));
  }
}
