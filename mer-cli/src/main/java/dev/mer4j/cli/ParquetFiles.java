package dev.mer4j.cli;

import dev.mer4j.FileException;
import dev.mer4j.file.FileMark;
import dev.mer4j.file.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Recognizes Parquet files by their first bytes. */
final class ParquetFiles {
  private static final FileMark MARK = FileMark.startsWith("PAR1");

  private ParquetFiles() {}

  /**
   * Returns whether a path is a Parquet file, or a folder that contains one whose name ends in
   * {@code .parquet}.
   *
   * @throws FileException if it cannot be read
   */
  static boolean isAt(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return MARK.isOn(path);
      }
      try (Stream<Path> files = Files.list(path)) {
        for (Path file : files.toList()) {
          if (file.toString().endsWith(".parquet") && Files.isRegularFile(file)) {
            return MARK.isOn(file);
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new FileException(path, "cannot be read: " + IoReason.of(e), e);
    }
  }
}
