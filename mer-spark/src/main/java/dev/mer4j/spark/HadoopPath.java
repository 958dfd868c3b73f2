package dev.mer4j.spark;

import java.nio.file.Path;

/** Converts paths of the local file system to those of Hadoop, which are not URIs. */
final class HadoopPath {
  private HadoopPath() {}

  /** Returns a path to write. */
  static String of(Path path) {
    return "file://" + path.toAbsolutePath().toUri().getPath();
  }

  /** Returns a path to read, in which no character is a wildcard. */
  static String literal(Path path) {
    return of(path).replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
  }
}
