package dev.mer4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mer4j.FileException;
import dev.mer4j.data.store.StorePart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskFilesTest {
  @TempDir Path parent;

  @Test
  void theFolderHasThePermissionsOfOthers() throws IOException {
    Path other = Files.createDirectory(parent.resolve("other"));

    try (TaskFiles files = TaskFiles.beside(parent.resolve("output"))) {
      Path folder = Path.of(files.folder());
      assertThat(folder).isDirectory().hasParent(parent);
      if (Files.getFileStore(parent).supportsFileAttributeView("posix")) {
        assertThat(Files.getPosixFilePermissions(folder))
            .isEqualTo(Files.getPosixFilePermissions(other));
      }
    }
  }

  @Test
  void closingDeletesFilesOfTasks() throws IOException {
    List<StorePart> parts = List.of(new StorePart(0, 1), new StorePart(1, 2));
    try (TaskFiles files = TaskFiles.beside(parent.resolve("output"))) {
      for (Path file : files.files(parts)) {
        Files.writeString(file, "part");
      }
    }

    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theEndOfTheProgramDeletesFilesOfTasks() throws IOException, InterruptedException {
    TaskFiles files = TaskFiles.beside(parent.resolve("output"));
    Files.writeString(files.createRecords(), "records");
    boolean registered = Runtime.getRuntime().removeShutdownHook(files.atExit());

    files.atExit().start();
    files.atExit().join();

    assertThat(registered).isTrue();
    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeCreatedIsNamed() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));

    assertThatThrownBy(() -> TaskFiles.in(file))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(file + ": cannot be written to");
  }

  @Test
  void nothingIsLeftIfTheFileOfRecordsCannotBeCreated() throws IOException {
    TaskFiles files = TaskFiles.beside(parent.resolve("output"));
    Path other = files.createRecords();

    assertThatThrownBy(files::createRecords)
        .isInstanceOf(FileException.class)
        .hasMessageContaining(other.toString());

    try (Stream<Path> left = Files.list(parent)) {
      assertThat(left).isEmpty();
    }
    assertThat(Runtime.getRuntime().removeShutdownHook(files.atExit())).isFalse();
  }
}
