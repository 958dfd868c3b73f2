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
 * The temporary file of one run beside its target. The run holds a lock on it, which ends with its
 * process: a file without one was left by a run that was killed.
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
      // Before it was locked, another run may have taken it for abandoned.
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

  /** Deletes what killed runs left of the same target; returns whether no other run is alive. */
  boolean tidy() throws IOException {
    return deleteAbandoned(target, path);
  }

  /** Deletes what killed runs left of a target. */
  static void deleteAbandoned(Path target) throws IOException {
    boolean unused = deleteAbandoned(target, null);
  }

  private static boolean deleteAbandoned(Path target, @Nullable Path own) throws IOException {
    boolean alone = true;
    try (Stream<Path> files = Files.list(target.toAbsolutePath().getParent())) {
      for (Path file : files.filter(each -> isAnother(target, own, each)).toList()) {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
          Lock lock = Lock.of(other);
          alone &= lock != Lock.HELD;
          if (lock == Lock.TAKEN) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException | AccessDeniedException e) {
          LOG.debug("gone meanwhile, or somebody else's", e);
        }
      }
    }
    return alone;
  }

  private static boolean isAnother(Path target, @Nullable Path own, Path file) {
    String name = file.getFileName().toString();
    return isOf(target, name, SUFFIX)
        && (own == null || !name.equals(own.getFileName().toString()));
  }

  /** Whether a name is that of a temporary file or folder of a target, with this ending. */
  static boolean isOf(Path target, String name, String suffix) {
    String prefix = prefix(target);
    return name.length() == prefix.length() + UUID_LENGTH + suffix.length()
        && name.startsWith(prefix)
        && name.endsWith(suffix);
  }

  /** Closes the file, and deletes it unless it was moved. */
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
