package dev.mer4j.file;

import dev.mer4j.FileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a file under a temporary name beside its target, forces it to disk, moves it into place
 * and forces the folder, so that a crash or a full disk leaves the old file or none, never half a
 * one.
 *
 * <p>A run that is killed leaves its temporary file behind. Who writes holds a lock on it, which
 * ends with the process: the next run that writes the same target deletes those without one.
 */
public final class AtomicFile {
  private static final Logger LOG = LoggerFactory.getLogger(AtomicFile.class);
  private static final String SUFFIX = ".part";
  private static final int UUID_LENGTH = 36;

  private AtomicFile() {}

  /** Writes to the open channel; the file is moved into place after it returns. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Replaces {@code target}, creating its folder where needed.
   *
   * @throws FileException if it cannot be written; the temporary file is gone then, and the old
   *     target untouched
   */
  public static void write(Path target, Writer writer) {
    Path folder = target.toAbsolutePath().getParent();
    Path temporary = null;
    try {
      Files.createDirectories(folder);
      deleteAbandoned(folder, target);
      temporary = folder.resolve(prefix(target) + UUID.randomUUID() + SUFFIX);
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        lock(channel);
        writer.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      temporary = null;
      forceFolder(folder);
    } catch (IOException | UncheckedIOException e) {
      throw new FileException(
          target, "cannot be written: " + e.getMessage() + "; nothing is left of it", e);
    } finally {
      delete(temporary);
    }
  }

  /** Makes the move last, too, where the system can open folders: a name is part of its folder. */
  private static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  private static void deleteAbandoned(Path folder, Path target) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(file -> isTemporary(file, target)).toList()) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          if (lock(channel)) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException | AccessDeniedException e) {
          LOG.debug("gone meanwhile, or somebody else's", e);
        }
      }
    }
  }

  private static boolean isTemporary(Path file, Path target) {
    String name = file.getFileName().toString();
    String prefix = prefix(target);
    return name.length() == prefix.length() + UUID_LENGTH + SUFFIX.length()
        && name.startsWith(prefix)
        && name.endsWith(SUFFIX);
  }

  /** Locks the file until the channel is closed; some file systems know no locks. */
  private static boolean lock(FileChannel channel) {
    try {
      return channel.tryLock() != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  /** Replaces {@code target} by these bytes. */
  public static void write(Path target, byte[] content) {
    write(
        target,
        channel -> {
          var buffer = ByteBuffer.wrap(content);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }

  /** Replaces {@code target} by this text in UTF-8. */
  public static void write(Path target, String text) {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void delete(@Nullable Path temporary) {
    if (temporary != null) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        throw new FileException(temporary, "left behind and cannot be deleted", e);
      }
    }
  }
}
