package dev.mer4j.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The temporary file of one run next to its target. The run holds a lock on it, which ends with its
 * process; a file without a lock was left by a killed run.
 */
final class PartFile implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);
  static final String SUFFIX = ".part";
  private static final int UUID_LENGTH = 36;

  private final Path target;
  private final Path path;
  private final FileChannel channel;

  private PartFile(Path target, Path path, FileChannel channel) {
    this.target = target;
    this.path = path;
    this.channel = channel;
  }

  /** Creates and locks a file. */
  static PartFile create(Path target) throws IOException {
    while (true) {
      Path path = target.resolveSibling(prefix(target) + UUID.randomUUID() + SUFFIX);
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      Lock lock = Lock.of(channel);
      // Before the file was locked, another run may have deleted it as abandoned.
      if (lock != Lock.HELD && Files.exists(path)) {
        return new PartFile(target, path, channel);
      }
      channel.close();
      Files.deleteIfExists(path);
    }
  }

  Path path() {
    return path;
  }

  FileChannel channel() {
    return channel;
  }

  /**
   * Deletes the temporary files that killed runs left; returns whether no other run is writing the
   * target.
   */
  boolean cleanUp() throws IOException {
    return deleteAbandoned(target, path);
  }

  /** Deletes the temporary files that killed runs of a target left. */
  static void deleteAbandoned(Path target) throws IOException {
    boolean unused = deleteAbandoned(target, null);
  }

  private static boolean deleteAbandoned(Path target, @Nullable Path own) throws IOException {
    boolean exclusive = true;
    try (Stream<Path> files = Files.list(target.toAbsolutePath().getParent())) {
      for (Path file : files.filter(each -> isAnother(target, own, each)).toList()) {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
          Lock lock = Lock.of(other);
          exclusive &= lock != Lock.HELD;
          if (lock == Lock.ACQUIRED) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException | AccessDeniedException e) {
          LOG.debug("already deleted, or not accessible", e);
        }
      }
    }
    return exclusive;
  }

  private static boolean isAnother(Path target, @Nullable Path own, Path file) {
    String name = file.getFileName().toString();
    return isOf(target, name, SUFFIX)
        && (own == null || !name.equals(own.getFileName().toString()));
  }

  /**
   * Returns whether a name is that of a temporary file or folder of a target, with the given
   * suffix.
   */
  static boolean isOf(Path target, String name, String suffix) {
    String prefix = prefix(target);
    return name.length() == prefix.length() + UUID_LENGTH + suffix.length()
        && name.startsWith(prefix)
        && name.endsWith(suffix);
  }

  /** Closes the file and deletes it unless it was moved. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      Files.deleteIfExists(path);
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }
}
