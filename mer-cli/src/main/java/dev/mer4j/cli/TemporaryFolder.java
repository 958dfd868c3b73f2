package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of files for the time of one command, in the folder for temporary files.
 *
 * @param path without subfolders
 */
record TemporaryFolder(Path path) implements AutoCloseable {
  /**
   * Creates a folder.
   *
   * @throws FileException if it cannot be created
   */
  static TemporaryFolder create() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("mer4j-"));
    } catch (IOException e) {
      Path root = Path.of(System.getProperty("java.io.tmpdir", "."));
      throw new FileException(root, "cannot be written to: " + IoReason.of(e), e);
    }
  }

  /** Returns the files in the folder. */
  List<Path> files() {
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new FileException(path, "cannot be read: " + IoReason.of(e), e);
    }
  }

  @Override
  public void close() {
    try {
      for (Path file : files()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new FileException(path, "cannot be deleted: " + IoReason.of(e), e);
    }
  }
}
