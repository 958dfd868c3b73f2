package dev.mer4j.file;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * The resolved target of an output path.
 *
 * @param path the path to write to; not a link, unless it is a stream
 * @param kind the kind of the existing file
 */
record Target(Path path, Kind kind) {
  private static final Set<String> STANDARD_OUTPUT =
      Set.of("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");
  private static final Set<String> STANDARD_ERROR =
      Set.of("/dev/stderr", "/dev/fd/2", "/proc/self/fd/2");
  private static final int MAX_LINKS = 40;

  /** The kind of file at a path. */
  enum Kind {
    ABSENT,
    FILE,
    FOLDER,
    /** A device, a pipe or a socket, which can only be written to, not replaced. */
    STREAM
  }

  /**
   * Resolves the links of a path; the last one may be broken.
   *
   * @throws IOException if links are circular, or a folder cannot be searched
   */
  static Target of(Path given) throws IOException {
    Path path = given.toAbsolutePath();
    if (isStandardStream(path.normalize())) {
      return new Target(path.normalize(), Kind.STREAM);
    }
    for (int links = 0; links < MAX_LINKS; links++) {
      if (Files.exists(path)) {
        return existing(path);
      }
      if (!Files.isSymbolicLink(path)) {
        return new Target(realFolder(path), Kind.ABSENT);
      }
      path = realFolder(path).resolveSibling(Files.readSymbolicLink(path));
    }
    throw new FileSystemLoopException(given.toString());
  }

  private static Target existing(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isOther()) {
      return new Target(path, Kind.STREAM);
    }
    return new Target(path.toRealPath(), attributes.isDirectory() ? Kind.FOLDER : Kind.FILE);
  }

  /** Resolves the links of the existing parent folders of a missing path. */
  private static Path realFolder(Path path) throws IOException {
    Path folder = path.getParent();
    while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      folder = folder.getParent();
    }
    if (folder == null || !Files.exists(folder)) {
      return path;
    }
    return folder.toRealPath().resolve(folder.relativize(path));
  }

  private static boolean isStandardStream(Path path) {
    return STANDARD_OUTPUT.contains(path.toString()) || STANDARD_ERROR.contains(path.toString());
  }

  boolean isStandardOutput() {
    return STANDARD_OUTPUT.contains(path.toString());
  }

  /** Writes to a stream; standard output and error of this process remain open. */
  @SuppressWarnings("resource") // the standard streams stay open
  void writeStream(OutputFile.Replacement content) throws IOException {
    if (isStandardStream(path)) {
      FileDescriptor standard = isStandardOutput() ? FileDescriptor.out : FileDescriptor.err;
      writeStream(content, new FileOutputStream(standard).getChannel());
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      writeStream(content, channel);
    }
  }

  private static void writeStream(OutputFile.Replacement content, FileChannel stream)
      throws IOException {
    Path written = content.write(stream);
    if (written != null) {
      try (FileChannel file = FileChannel.open(written, StandardOpenOption.READ)) {
        for (long at = 0; at < file.size(); ) {
          at += file.transferTo(at, file.size() - at, stream);
        }
      }
      Files.delete(written);
    }
  }
}
