package dev.mer4j.file;

import dev.mer4j.FileException;
import dev.mer4j.MerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
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
 * <p>A run that is killed leaves its temporary file behind. The writer holds a lock on it, which
 * ends with the process: the next run that writes the same target deletes those without one.
 */
final class AtomicFile {
  private static final int TRIES = 5;
  private static final int LONGEST_WAIT_MILLIS = 100;

  private AtomicFile() {}

  /**
   * Replaces a file, creating its folder where needed. If the thread is interrupted, the file is
   * written nevertheless.
   *
   * @param given the path for messages
   * @param file an absolute path that is no link
   * @param content written again, to a new channel, if an interrupt closed the first one
   * @param alone whether to refuse if somebody else is writing the same file
   * @throws FileException if it cannot be written; the temporary file is gone then, and the old
   *     target untouched
   */
  static void write(Path given, Path file, OutputFile.Content content, boolean alone) {
    Uninterrupted.run(() -> writeOnce(given, file, content, alone));
  }

  private static void writeOnce(Path given, Path file, OutputFile.Content content, boolean alone) {
    try {
      Files.createDirectories(file.getParent());
      try (PartFile part = alone ? only(given, file) : PartFile.create(file)) {
        part.tidy();
        content.writeTo(part.channel());
        part.channel().force(true);
        Files.move(
            part.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
      forceFolder(file.getParent());
    } catch (IOException e) {
      throw failed(given, e);
    } catch (UncheckedIOException e) {
      throw failed(given, e.getCause());
    }
  }

  private static FileException failed(Path given, IOException e) {
    return new FileException(
        given, "cannot be written: " + IoReason.of(e) + "; the partial file was deleted", e);
  }

  /** Two that begin at the same moment both step back, and try again after different times. */
  static PartFile only(Path target, Path file) throws IOException {
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
  static void forceFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
