package dev.mer4j.file;

import dev.mer4j.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks in advance that an output can be written. */
final class Writability {
  private Writability() {}

  /**
   * Requires that a file and its missing folders can be written.
   *
   * @param given the path for messages
   * @param file the resolved path of {@code given}
   * @throws FileException if a parent is not a folder, or permission is missing
   */
  static void require(Path given, Path file) throws IOException {
    Path folder = nearest(file.getParent());
    if (folder == null) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new FileException(given, "cannot be written: " + folder + " is a file, not a folder");
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

  /** Returns the folder, or its nearest existing parent. */
  private static @Nullable Path nearest(@Nullable Path folder) {
    Path at = folder;
    while (at != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at;
  }
}
