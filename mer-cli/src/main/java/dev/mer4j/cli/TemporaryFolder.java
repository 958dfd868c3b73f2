package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of files for the time of one command, in the folder for temporary files. A signal that
 * ends the program deletes it, too.
 *
 * @param path without subfolders
 * @param atExit deletes the folder if the program ends before it is closed
 */
record TemporaryFolder(Path path, Thread atExit) implements AutoCloseable {
  /**
   * Creates a folder.
   *
   * @throws FileException if it cannot be created
   */
  static TemporaryFolder create() {
    try {
      Path path = Files.createTempDirectory("mer4j-");
      Thread atExit = new Thread(() -> deleteQuietly(path), "temporary folder");
      Runtime.getRuntime().addShutdownHook(atExit);
      return new TemporaryFolder(path, atExit);
    } catch (IOException e) {
      Path root = Path.of(System.getProperty("java.io.tmpdir", "."));
      throw new FileException(root, "cannot be written to: " + IoReason.of(e), e);
    }
  }

  /** Returns the files in the folder. */
  List<Path> files() {
    try {
      return list(path);
    } catch (IOException e) {
      throw new FileException(path, "cannot be read: " + IoReason.of(e), e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    for (Path file : list(folder)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  private static void deleteQuietly(Path folder) {
    try {
      delete(folder);
    } catch (IOException e) {
      // The program ends, and the system clears its folder for temporary files.
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // The program is about to exit: the hook deletes the folder.
    }
    try {
      delete(path);
    } catch (IOException e) {
      throw new FileException(path, "cannot be deleted: " + IoReason.of(e), e);
    }
  }
}
