package dev.mer4j.spark;

import dev.mer4j.FileException;
import dev.mer4j.data.store.StorePart;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A temporary folder with a file of each task, beside an output and so on a file system that all
 * executors share. A signal that ends the program deletes it, too.
 */
final class TaskFiles implements AutoCloseable {
  private static final String DELETED = ".deleted";

  private final Path folder;
  private final Thread atExit = new Thread(this::deleteQuietly, "task files");

  private TaskFiles(Path folder) throws IOException {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(atExit); // Fails while the program ends.
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      boolean unused = unregister();
      throw e;
    }
  }

  /** Removes the thread; returns false if the program is about to exit, so that it runs. */
  private boolean unregister() {
    try {
      return Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Creates the folder as {@link #in} does, beside an output. */
  static TaskFiles beside(Path output) {
    Path parent = output.toAbsolutePath().normalize().getParent();
    return in(parent == null ? output.toAbsolutePath() : parent);
  }

  /**
   * Creates the folder in another one, with the permissions of others, since executors may run as
   * another user.
   *
   * @throws FileException if it cannot be created
   */
  static TaskFiles in(Path parent) {
    try {
      Files.createDirectories(parent);
      return new TaskFiles(parent.resolve(".mer4j-tasks-" + UUID.randomUUID()));
    } catch (IOException e) {
      throw new FileException(parent, "cannot be written to: " + IoReason.of(e), e);
    }
  }

  /** Returns the thread that deletes the folder if the program ends before it is closed. */
  Thread atExit() {
    return atExit;
  }

  /** Returns the folder, for tasks. */
  String folder() {
    return folder.toString();
  }

  /** Returns the file in which tasks write records in their places. */
  static Path records(String folder) {
    return Path.of(folder, "records");
  }

  /**
   * Creates the file in which tasks write records in their places.
   *
   * @throws FileException if it cannot be created; the folder is deleted then
   */
  Path createRecords() {
    Path file = records(folder());
    try {
      return Files.createFile(file);
    } catch (IOException e) {
      close();
      throw new FileException(file, "cannot be created: " + IoReason.of(e), e);
    }
  }

  /** Returns the file of a task. */
  static Path file(String folder, StorePart part) {
    return Path.of(folder, String.format(Locale.ROOT, "%09d-%09d", part.from(), part.to()));
  }

  /** Returns the files of tasks, in their order. */
  List<Path> files(List<StorePart> parts) {
    return parts.stream().map(part -> file(folder(), part)).toList();
  }

  /**
   * Deletes the folder.
   *
   * @throws FileException if it cannot be deleted
   */
  @Override
  public void close() {
    if (!unregister()) {
      return;
    }
    try {
      delete();
    } catch (IOException e) {
      throw new FileException(folder, "cannot be deleted: " + IoReason.of(e), e);
    }
  }

  /**
   * Deletes the folder. It gets another name before, so that a task that still runs cannot add a
   * file.
   */
  private void delete() throws IOException {
    Path moved = folder.resolveSibling(folder.getFileName() + DELETED);
    Files.move(folder, moved);
    try (Stream<Path> files = Files.list(moved)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(moved);
  }

  private void deleteQuietly() {
    try {
      delete();
    } catch (IOException e) {
      // The program ends.
    }
  }
}
