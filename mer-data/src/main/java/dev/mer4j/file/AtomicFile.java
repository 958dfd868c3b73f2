package dev.mer4j.file;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file under a temporary name beside its target, forces it to disk, moves it into place
 * and forces the folder, so that a crash or a full disk leaves the old file or none, never half a
 * one.
 *
 * <p>A run that is killed leaves its temporary file behind. Who writes holds a lock on it, which
 * ends with the process: the next run that writes the same target deletes those without one.
 */
public final class AtomicFile {
  private static final int TRIES = 5;
  private static final int LONGEST_WAIT_MILLIS = 100;

  private AtomicFile() {}

  /** Writes to the open channel; the file is moved into place after it returns. */
  @FunctionalInterface
  public interface Writer {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Replaces {@code target}, creating its folder where needed. If others do so at the same time,
   * the last one wins.
   *
   * @throws FileException if it cannot be written; the temporary file is gone then, and the old
   *     target untouched
   */
  public static void write(Path target, Writer writer) {
    write(target, writer, false);
  }

  /**
   * Replaces {@code target} as {@link #write(Path, Writer)} does, unless somebody else is writing
   * it just now.
   *
   * @throws FileException if it cannot be written, or is being written
   */
  public static void writeAlone(Path target, Writer writer) {
    write(target, writer, true);
  }

  private static void write(Path target, Writer writer, boolean alone) {
    Path file = target.toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      try (PartFile part = alone ? only(target, file) : PartFile.create(file)) {
        part.tidy();
        writer.writeTo(part.channel());
        part.channel().force(true);
        Files.move(
            part.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      forceFolder(file.getParent());
    } catch (IOException | UncheckedIOException e) {
      throw new FileException(
          target, "cannot be written: " + e.getMessage() + "; nothing is left of it", e);
    }
  }

  /** Two that begin at the same moment both step back, and try again after different times. */
  private static PartFile only(Path target, Path file) throws IOException {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      PartFile part = PartFile.create(file);
      if (part.tidy()) {
        return part;
      }
      part.close();
      pause(ThreadLocalRandom.current().nextInt(LONGEST_WAIT_MILLIS));
    }
    throw new FileException(
        target,
        "another process is preparing or writing it; wait until it is done, or give another name");
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MerException("interrupted while waiting for another process", e);
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
}
