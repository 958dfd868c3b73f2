package dev.mer4j.file;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds out before any work is done that an output could not be written. */
final class Writability {
  private Writability() {}

  /**
   * Requires that a file, and the folders that it needs, can be written.
   *
   * @param given for the message
   * @param file what {@code given} leads to
   * @throws FileException if something in the way is no folder, or there is no permission
   */
  static void require(Path given, Path file) throws IOException {
    Path folder = nearest(file.getParent());
    if (folder == null) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new FileException(
          given, "cannot be written: " + folder + " is a file and not a folder");
    }
    if (!Files.isWritable(folder)) {
      throw new FileException(given, "cannot be written: " + reason(folder));
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new FileException(given, "cannot be replaced: it is write-protected");
    }
  }

  private static String reason(Path folder) throws IOException {
    return Files.getFileStore(folder).isReadOnly()
        ? "the file system of the folder " + folder + " is read-only"
        : "no permission to write in the folder " + folder;
  }

  /** The folder, or the first one above it that exists. */
  private static @Nullable Path nearest(@Nullable Path folder) {
    Path at = folder;
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at;
  }
}
