package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFolderTest {
  private static final String STEM = ".report.123e4567-e89b-12d3-a456-426614174000";

  @TempDir Path root;
  private Path report;

  @BeforeEach
  void nameTheFolder() {
    report = root.resolve("report");
  }

  @Test
  void writesAFolderThatSha256sumCanCheck() throws IOException {
    write("a", "1", "b", "2");

    assertThat(names(report)).containsExactly(Manifest.NAME, "a", "b");
    assertThat(report.resolve(Manifest.NAME))
        .hasContent(
            """
            6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  a
            d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35  b
            """);
    assertThat(names(root)).containsExactly("report");
  }

  @Test
  void deletesItsEarlierFiles() throws IOException {
    write("a", "1", "old", "2");
    write("a", "3");

    assertThat(names(report)).containsExactly(Manifest.NAME, "a");
    assertThat(report.resolve("a")).hasContent("3");
    assertThat(names(root)).containsExactly("report");
  }

  @Test
  void keepsAnEarlierOutputOfAnotherKind() throws IOException {
    write("model", "1");

    for (OutputFolder output :
        List.of(OutputFolder.of(report), OutputFolder.of(report).overwriting(true))) {
      assertThatThrownBy(() -> output.require(List.of("page")))
          .isInstanceOf(FileException.class)
          .hasMessage(
              report + ": contains another output of this program: model; use another folder");
    }
    assertThatThrownBy(() -> write("page", "2")).isInstanceOf(FileException.class);
    assertThat(names(report)).containsExactly(Manifest.NAME, "model");

    Files.delete(report.resolve("model"));
    write("page", "2");
    assertThat(names(report)).containsExactly(Manifest.NAME, "page");
  }

  @Test
  void keepsForeignFilesAndFolders() throws IOException {
    write("a", "1", "b", "2");
    Files.writeString(report.resolve("notes.txt"), "mine");
    Files.writeString(Files.createDirectory(report.resolve("sub")).resolve("x"), "mine too");
    Files.writeString(report.resolve("b"), "2, corrected by hand");
    write("a", "3");

    assertThat(names(report)).containsExactly(Manifest.NAME, "a", "b", "notes.txt", "sub");
    assertThat(report.resolve("notes.txt")).hasContent("mine");
    assertThat(report.resolve("sub/x")).hasContent("mine too");
    assertThat(report.resolve("b")).hasContent("2, corrected by hand");
  }

  @Test
  void rejectsReplacingAForeignOrChangedFile() throws IOException {
    write("a", "1");
    Files.writeString(report.resolve("a"), "corrected by hand");
    Files.writeString(report.resolve("b"), "mine");

    assertThatThrownBy(() -> write("a", "2", "b", "3", "c", "4"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("did not write, or that were changed since: a, b;");
    assertThat(report.resolve("a")).hasContent("corrected by hand");
    assertThat(report.resolve("b")).hasContent("mine");
    assertThat(names(report)).containsExactly(Manifest.NAME, "a", "b");

    OutputFolder.of(report).overwriting(true).write(contents("a", "2", "b", "3"));
    assertThat(report.resolve("b")).hasContent("3");
  }

  @Test
  void rejectsAFile() throws IOException {
    Files.writeString(report, "mine");

    assertThatThrownBy(() -> write("a", "1"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("cannot be written: it is a file");
    assertThat(report).hasContent("mine");
  }

  @Test
  void replacesTheTargetOfALink() throws IOException {
    Path real = Files.createDirectories(root.resolve("elsewhere/real"));
    Files.createSymbolicLink(report, real);
    write("a", "1");

    assertThat(report).isSymbolicLink();
    assertThat(names(real)).containsExactly(Manifest.NAME, "a");
  }

  @Test
  void deletesTheFilesOfARunKilledWhileWriting() throws IOException {
    write("a", "1");
    writePartial(STEM + ".new", "a", "2");
    Files.createFile(root.resolve(STEM + ".part"));

    OutputFolder.of(report).require(List.of());

    assertThat(names(root)).containsExactly("report");
    assertThat(report.resolve("a")).hasContent("1");
  }

  @Test
  void restoresTheOldFolderIfARunWasKilledBetweenTheMoves() throws IOException {
    write("a", "1");
    Files.move(report, root.resolve(STEM + ".old"));
    writePartial(STEM + ".new", "a", "2");

    OutputFolder.of(report).require(List.of());

    assertThat(names(root)).containsExactly("report");
    assertThat(report.resolve("a")).hasContent("1");
  }

  @Test
  void completesARunKilledAfterTheMoves() throws IOException {
    write("a", "1", "b", "2");
    Files.writeString(report.resolve("notes.txt"), "mine");
    Files.move(report, root.resolve("before"));
    write("a", "3");
    Files.move(root.resolve("before"), root.resolve(STEM + ".old"));

    OutputFolder.of(report).require(List.of());

    assertThat(names(root)).containsExactly("report");
    assertThat(names(report)).containsExactly(Manifest.NAME, "a", "notes.txt");
    assertThat(report.resolve("a")).hasContent("3");
  }

  @Test
  void keepsTheFilesOfAnotherLiveRun() throws IOException {
    write("a", "1");
    try (PartFile lock = PartFile.create(report)) {
      String name = lock.path().getFileName().toString().replace(".part", ".new");
      writePartial(name, "a", "2");

      assertThatThrownBy(() -> write("a", "3"))
          .isInstanceOf(FileException.class)
          .hasMessageContaining("another process is preparing or writing it");
      assertThat(root.resolve(name)).isDirectory();
      assertThat(report.resolve("a")).hasContent("1");
    }
  }

  @Test
  void keepsTheOldFilesIfNewOnesCannotBeWritten() throws IOException {
    write("a", "1");

    assertThatThrownBy(() -> write("a", "2", "no/such/folder", "3"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("report: cannot be written: no such file");
    assertThat(names(root)).containsExactly("report");
    assertThat(report.resolve("a")).hasContent("1");
  }

  private void writePartial(String name, String... files) throws IOException {
    Path folder = Files.createDirectory(root.resolve(name));
    for (Map.Entry<String, byte[]> file : contents(files).entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  private void write(String... files) {
    OutputFolder.of(report).write(contents(files));
  }

  private static Map<String, byte[]> contents(String... files) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    for (int i = 0; i < files.length; i += 2) {
      contents.put(files[i], files[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return contents;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
