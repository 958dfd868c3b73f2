package dev.mer4j.file;

import dev.mer4j.FileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file under a temporary name beside its target, forces it to disk, moves it into place
 * and forces the folder, so that a crash or a full disk leaves the old file or none, never half a
 * one.
 */
public final class AtomicFile {
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
      temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        writer.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      temporary = null;
      forceFolder(folder);
    } catch (IOException | UncheckedIOException e) {
      throw new FileException(target, "cannot be written: " + e.getMessage(), e);
    } finally {
      delete(temporary);
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

  /** Makes the move last, too, where the system can open folders: a name is part of its folder. */
  private static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
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
