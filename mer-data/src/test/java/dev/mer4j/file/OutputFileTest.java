package dev.mer4j.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFileTest {
  private static final FileMark MARK = FileMark.startsWith("mine:");

  @TempDir Path folder;

  @Test
  void replacesItsOwnEarlierOutput() {
    output("x").write("mine: old");
    output("x").write("mine: new");

    assertThat(folder.resolve("x")).hasContent("mine: new");
  }

  @Test
  void replacesAnyEmptyFile() throws IOException {
    Files.createFile(folder.resolve("x"));

    output("x").write("mine: new");

    assertThat(folder.resolve("x")).hasContent("mine: new");
  }

  @Test
  void rejectsAFileThatItDidNotWrite() throws IOException {
    Path foreign = Files.writeString(folder.resolve("x"), "years of work");

    assertThatThrownBy(() -> output("x").write("mine: new"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("x: exists, and is not an earlier output of this kind");
    assertThat(foreign).hasContent("years of work");
  }

  @Test
  void overwritesAForeignFileOnlyWhenAllowed() throws IOException {
    Files.writeString(folder.resolve("x"), "years of work");

    output("x").overwriting(true).write("mine: new");

    assertThat(folder.resolve("x")).hasContent("mine: new");
  }

  @Test
  void rejectsAnInputByAnyPathOrLinkEvenWhenOverwriting() throws IOException {
    Path input = Files.writeString(folder.resolve("input"), "mine: but read");
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("soft"), input);
    Files.createLink(folder.resolve("hard"), input);
    Files.createSymbolicLink(folder.resolve("here"), folder);

    for (String path :
        List.of("input", "sub/../input", "soft", "hard", "here/input", "here/hard")) {
      OutputFile output = output(path).protecting(List.of(input)).overwriting(true);
      assertThatThrownBy(() -> output.write("mine: new"))
          .as(path)
          .isInstanceOf(FileException.class)
          .hasMessageContaining("would replace the input or part of the run " + input);
    }
    assertThat(input).hasContent("mine: but read");
  }

  @Test
  void rejectsAnInputThatIsGivenByALink() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine: but read");
    Path link = Files.createSymbolicLink(folder.resolve("soft"), file);

    assertThatThrownBy(() -> output("file").protecting(List.of(link)).require())
        .isInstanceOf(FileException.class)
        .hasMessageContaining("would replace the input");
  }

  @Test
  void rejectsThePathOfAMissingPartOfTheRun() {
    OutputFile output = output("config.json").protecting(List.of(folder.resolve("config.json")));

    assertThatThrownBy(output::require).isInstanceOf(FileException.class);
  }

  @Test
  void rejectsFilesInsideAnExcludedFolder() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    Files.createSymbolicLink(folder.resolve("link"), model);

    assertThatThrownBy(() -> output("link/new").outside(List.of(model)).write("mine: x"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("is inside " + model);
    assertThatCode(() -> output("models").outside(List.of(model)).require())
        .doesNotThrowAnyException();
  }

  @Test
  void writesThroughASymbolicLink() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "mine: old");
    Files.createSymbolicLink(folder.resolve("first"), Path.of("second"));
    Files.createSymbolicLink(folder.resolve("second"), target);

    output("first").write("mine: new");

    assertThat(folder.resolve("first")).isSymbolicLink();
    assertThat(folder.resolve("second")).isSymbolicLink();
    assertThat(target).isRegularFile().hasContent("mine: new");
  }

  @Test
  void createsTheMissingTargetOfALink() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("link"), Path.of("sub/target"));

    output("link").write("mine: new");

    assertThat(folder.resolve("link")).isSymbolicLink();
    assertThat(folder.resolve("sub/target")).hasContent("mine: new");
  }

  @Test
  void reportsCircularLinks() throws IOException {
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));

    assertThatThrownBy(() -> output("a").write("mine: x"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("a: cannot be resolved: ");
  }

  @Test
  void movesAFileThatWasWrittenMeanwhile() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "mine: old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    OutputFile output = OutputFile.of(link, MARK);
    Path other = Files.writeString(output.folder().resolve("other"), "mine: other");

    output.writeLockedOrMove(channel -> other);

    assertThat(target).hasContent("mine: other");
    assertThat(link).isSymbolicLink();
    assertThat(other).doesNotExist();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(target, link);
    }
  }

  @Test
  void copiesAFileThatWasWrittenMeanwhileToADevice() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "mine: other");
    OutputFile device = OutputFile.of(Path.of("/dev/null"), MARK);

    device.writeLockedOrMove(channel -> other);

    assertThat(other).doesNotExist();
    assertThat(Path.of("/dev/null")).exists();
    assertThatThrownBy(device::folder)
        .isInstanceOf(FileException.class)
        .hasMessage("/dev/null: is a device or a pipe; specify a file");
  }

  @Test
  void createsMissingFolders() {
    output("some/where/x").write("mine: new");

    assertThat(folder.resolve("some/where/x")).hasContent("mine: new");
  }

  @Test
  void reportsAFileInPlaceOfAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    for (String path : List.of("file/x", "file/sub/x")) {
      assertThatThrownBy(() -> output(path).require())
          .isInstanceOf(FileException.class)
          .hasMessageContaining("cannot be written: " + file + " is a file, not a folder");
    }
  }

  @Test
  void rejectsAFolder() {
    assertThatThrownBy(() -> OutputFile.of(folder, MARK).overwriting(true).write("mine: x"))
        .isInstanceOf(FileException.class)
        .hasMessageContaining("cannot be written: it is a folder");
  }

  @Test
  void writesToADeviceWithoutReplacingIt() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("nothing"), Path.of("/dev/null"));

    output("nothing").write("mine: x");

    assertThat(link).isSymbolicLink();
    Files.delete(link);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void reportsAFullDevice() {
    assertThatThrownBy(() -> OutputFile.of(Path.of("/dev/full"), MARK).write("mine: x"))
        .isInstanceOf(FileException.class)
        .hasMessage("/dev/full: cannot be written: No space left on device");
  }

  @Test
  void detectsStandardOutput() {
    assertThat(OutputFile.of(Path.of("/dev/stdout"), MARK).isStandardOutput()).isTrue();
    assertThat(OutputFile.of(Path.of("/dev/../dev/fd/1"), MARK).isStandardOutput()).isTrue();
    assertThat(output("stdout").isStandardOutput()).isFalse();
  }

  private OutputFile output(String path) {
    return OutputFile.of(folder.resolve(path), MARK);
  }
}
