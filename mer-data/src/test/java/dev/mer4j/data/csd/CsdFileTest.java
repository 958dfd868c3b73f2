package dev.mer4j.data.csd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests files written by h5py: see src/test/python/fixtures.py. */
final class CsdFileTest {
  private static final Path FILES = Path.of("src/test/resources/h5py");

  @TempDir Path folder;

  @Test
  void readsEveryTypeInEveryLayout() {
    try (CsdFile csd = CsdFile.open(FILES.resolve("types.csd"))) {
      assertThat(csd.root()).isEqualTo("anything");
      assertThat(csd.videos()).hasSize(24);
      for (String video : csd.videos()) {
        CsdEntry entry = csd.read(video);
        assertThat(entry.count()).as(video).isEqualTo(7);
        assertThat(entry.rows().width()).as(video).isEqualTo(3);
        for (int i = 0; i < 21; i++) {
          assertThat(entry.rows().at(i / 3, i % 3)).as(video).isEqualTo(i - 4.0);
        }
        assertThat(entry.start(6)).isEqualTo(6);
        assertThat(entry.end(6)).isEqualTo(7);
      }
    }
  }

  @Test
  void keepsThePrecisionOfTheFile() {
    try (CsdFile csd = CsdFile.open(FILES.resolve("types.csd"))) {
      assertThat(csd.read("f2-gzip").rows()).isInstanceOf(Rows.Floats.class);
      assertThat(csd.read("f4-contiguous").rows()).isInstanceOf(Rows.Floats.class);
      assertThat(csd.read("f8be-contiguous").rows()).isInstanceOf(Rows.Doubles.class);
      assertThat(csd.read("i8-gzip").rows()).isInstanceOf(Rows.Doubles.class);
      assertThat(csd.shape("f2-gzip")).isEqualTo(new EntryShape(7, 3, "float16", "chunked"));
      assertThat(csd.shape("i4-contiguous")).isEqualTo(new EntryShape(7, 3, "int32", "contiguous"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"latest.csd", "userblock.csd"})
  void readsOtherFormsOfHdf5(String name) {
    try (CsdFile csd = CsdFile.open(FILES.resolve(name))) {
      assertThat(csd.read("a").rows().at(6, 2)).isEqualTo(16);
    }
  }

  @Test
  void readsChunksThatDoNotDivideTheTable() {
    try (CsdFile csd = CsdFile.open(FILES.resolve("chunks.csd"))) {
      assertThat(csd.videos()).hasSize(20);
      for (String video : csd.videos()) {
        Rows rows = csd.read(video).rows();
        assertThat(rows.count()).as(video).isEqualTo(19);
        for (int i = 0; i < 19 * 7; i++) {
          double expected = (i - 50) / 7.0;
          double rounded = rows instanceof Rows.Floats ? (float) expected : expected;
          assertThat(rows.at(i / 7, i % 7)).as(video).isEqualTo(rounded);
        }
      }
    }
  }

  @Test
  void readsFilesWithTheMetadataOfOldSdks() {
    try (CsdFile csd = CsdFile.open(FILES.resolve("old-sdk.csd"))) {
      assertThat(csd.root()).isEqualTo("COAVAREP");
      assertThat(csd.read("a").rows().at(0, 2)).isEqualTo(1);
    }
  }

  @Test
  void usesIdsVerbatim() {
    try (CsdFile csd = CsdFile.open(FILES.resolve("release/CMU_MOSEI_COVAREP.csd"))) {
      assertThat(csd.videos()).contains("-starts-with-hyphen", "25522", "255224");
      assertThat(csd.read("25522").intervals()).isNotEqualTo(csd.read("255224").intervals());
      assertThatThrownBy(() -> csd.read("2552"))
          .isInstanceOf(FileException.class)
          .hasMessageEndingWith("has no entry '2552'");
      assertThatThrownBy(() -> csd.read("25522/features")).hasMessageContaining("has no entry");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "more-rows | has 3 rows of features but 2 intervals",
        "rank-1 | has features of shape [2], expected [n, d]; if it is one number for each of 2"
            + " intervals, store it as [2, 1]",
        "rank-3 | has features of shape [2, 3, 1], expected [n, d]",
        "scalar | has features of shape [], expected [n, d]",
        "words | has features of type string, expected numbers",
        "wide-intervals | has intervals of 3 columns, expected 2",
        "endless | has an interval at NaN",
        "no-features | has no dataset 'features', only [intervals]",
        "not-a-group | is not a group of features and intervals"
      })
  void reportsTheFileAndTheFaultOfAnEntry(String video, String fault) {
    try (CsdFile csd = CsdFile.open(FILES.resolve("faults.csd"))) {
      assertThatThrownBy(() -> csd.read(video))
          .isInstanceOf(FileException.class)
          .hasMessageEndingWith("faults.csd: entry '" + video + "' " + fault);
      assertThat(csd.read("good").count()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "empty-rank-1"})
  void readsAnEntryWithoutRowsAsEmpty(String video) {
    try (CsdFile csd = CsdFile.open(FILES.resolve("faults.csd"))) {
      assertThat(csd.read(video).count()).isZero();
      assertThat(csd.shape(video).rows()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"no-data.csd | 0 of its top-level groups [root]", "two-roots.csd | 2 of its"})
  void rejectsHdf5FilesOfOtherStructure(String name, String message) {
    assertThatThrownBy(() -> CsdFile.open(FILES.resolve(name)))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | is empty (0 bytes)",
        "<!DOCTYPE html><html> | is an HTML page",
        "<HTML><body>404 | is an HTML page",
        "version https://git-lfs.github.com/spec/v1 | is a Git LFS pointer",
        "PK..zip | is not an HDF5 file: it starts with 'PK..zip'"
      })
  void reportsTheContentOfAFileThatIsNotHdf5(String content, String message) throws IOException {
    Path file = folder.resolve("x.csd");
    Files.writeString(file, content, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> CsdFile.open(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(message);
  }

  @Test
  void reportsWhyNoEntryCanBeRead() {
    try (CsdFile csd = CsdFile.open(FILES.resolve("one-dimensional.csd"))) {
      assertThatThrownBy(() -> TypicalEntry.of(csd))
          .isInstanceOf(FileException.class)
          .hasMessageEndingWith(
              "one-dimensional.csd: none of its 2 entries can be used: entry 'a' has features of"
                  + " shape [100], expected [n, d]; if it is one number for each of 100 intervals,"
                  + " store it as [100, 1]");
    }
  }

  @Test
  void rejectsFilesThatAreNotRegular() {
    assertThatThrownBy(() -> CsdFile.open(Path.of("/dev/zero")))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith("is a pipe, a socket or a device; specify a regular file");
    assertThatThrownBy(() -> CsdFile.open(folder))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith("is a folder, not a computational sequence; specify a file in it");
  }

  @Test
  void reportsABrokenLink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("x.csd"), folder.resolve("gone.csd"));
    assertThatThrownBy(() -> CsdFile.open(link))
        .isInstanceOf(FileException.class)
        .hasMessageEndingWith("x.csd: is a link to a file that does not exist");
    assertThatThrownBy(() -> CsdFile.open(folder.resolve("gone.csd")))
        .hasMessageEndingWith("gone.csd: does not exist");
  }

  @Test
  void followsALinkToAFile() throws IOException {
    Path target = FILES.resolve("userblock.csd").toAbsolutePath();
    try (CsdFile csd = CsdFile.open(Files.createSymbolicLink(folder.resolve("x.csd"), target))) {
      assertThat(csd.videos()).containsExactly("a");
    }
  }

  @Test
  void rejectsAFileTruncatedAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("release/CMU_MOSEI_COVAREP.csd"));
    Path file = folder.resolve("x.csd");
    for (int length = 1; length < whole.length; length += length < 200 ? 1 : 397) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> CsdFile.open(file))
          .as("%d bytes", length)
          .isInstanceOf(FileException.class)
          .hasMessageContaining("x.csd");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> CsdFile.open(file))
        .hasMessageContaining("truncated: the header promises")
        .hasMessageContaining("download it again");
  }

  @Test
  void anyDamageRaisesAFileException() throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve("release/CMU_MOSEI_Labels.csd"));
    Path file = folder.resolve("x.csd");
    Random random = new Random(1);
    for (int trial = 0; trial < 300; trial++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 20; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      assertThatCode(() -> readAll(file))
          .satisfiesAnyOf(
              nothing -> assertThat(nothing).isNull(),
              error -> assertThat(error).isInstanceOf(FileException.class));
    }
  }

  @Test
  void survivesMoreEntriesThanItKeepsOpen() {
    Path file = folder.resolve("many.csd");
    int videos = 5003;
    CsdWriter.write(
        file,
        "root",
        Map.of(),
        writer -> {
          for (int v = 0; v < videos; v++) {
            writer.put(
                new CsdEntry(
                    "v" + v, new double[] {v, v + 1}, new Rows.Floats(1, new float[] {v})));
          }
        });
    try (CsdFile csd = CsdFile.open(file)) {
      assertThat(csd.videos()).hasSize(videos);
      for (int v = 0; v < videos; v++) {
        assertThat(csd.read("v" + v).rows().at(0, 0)).isEqualTo(v);
      }
    }
  }

  @Test
  void anInterruptIsReportedAndIsNotAFaultOfTheFile() {
    Path file = FILES.resolve("types.csd");
    Thread.currentThread().interrupt();
    try (CsdFile csd = CsdFile.open(file)) {
      assertThat(HdfPreamble.isHdf5(file)).isTrue();
      assertThatThrownBy(() -> csd.read("f4-contiguous"))
          .isExactlyInstanceOf(MerException.class)
          .hasMessage(file + ": entry 'f4-contiguous' cannot be read: the thread was interrupted");
      assertThat(Thread.interrupted()).isTrue();
      assertThatThrownBy(() -> csd.read("f4-contiguous"))
          .isExactlyInstanceOf(MerException.class)
          .hasMessageContaining("the file was closed");
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  private static void readAll(Path file) {
    try (CsdFile csd = CsdFile.open(file)) {
      for (String video : csd.videos()) {
        csd.read(video);
      }
    }
  }
}
