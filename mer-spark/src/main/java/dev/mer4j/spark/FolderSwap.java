package dev.mer4j.spark;

import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Replaces a folder as a whole. */
final class FolderSwap {
  private FolderSwap() {}

  /**
   * Moves a folder to the place of another one, which is deleted. If that fails, the other one is
   * moved back.
   *
   * @param folder the folder to replace
   * @param part the new folder
   * @param old where the replaced folder is until it is deleted; on the same file system
   */
  static void replace(Path folder, Path part, Path old) throws IOException {
    Files.move(folder, old);
    try {
      Files.move(part, folder);
    } catch (IOException e) {
      moveBack(old, folder, e);
      throw e;
    }
    delete(old);
  }

  private static void moveBack(Path old, Path folder, IOException failure) throws IOException {
    try {
      Files.move(old, folder);
    } catch (IOException e) {
      failure.addSuppressed(e);
      throw new IOException(
          IoReason.of(failure) + "; the earlier folder is kept as " + old, failure);
    }
  }

  /** Deletes a folder and its files, if it exists. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
